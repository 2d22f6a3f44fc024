/** @file Where the names at the ends of lines stand, so that none covers another. */

export interface NameBox {
  readonly x: number;
  /** Middle, px. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middles of the boxes, moved up or down as little as a pass needs until none overlap, within [top, bottom]. Same order as given. */
export function spreadNames(boxes: readonly NameBox[], top: number, bottom: number): readonly number[] {
  const order = boxes.map((_, index) => index).sort((a, b) => boxes[a]!.y - boxes[b]!.y);
  const middles = boxes.map((box) => Math.min(bottom - box.height / 2, Math.max(top + box.height / 2, box.y)));
  const meets = (a: NameBox, b: NameBox): boolean => a.x < b.x + b.width && b.x < a.x + a.width;
  const least = (a: number, b: number): number => (boxes[a]!.height + boxes[b]!.height) / 2 + 2;
  for (let i = 0; i < order.length; i++) {
    for (let j = 0; j < i; j++) {
      const above = order[j]!;
      const here = order[i]!;
      if (meets(boxes[above]!, boxes[here]!)) middles[here] = Math.max(middles[here]!, middles[above]! + least(above, here));
    }
  }
  // What was pushed out at the foot comes back up, pushing those above it.
  for (let i = order.length - 1; i >= 0; i--) {
    const here = order[i]!;
    middles[here] = Math.min(middles[here]!, bottom - boxes[here]!.height / 2);
    for (let j = order.length - 1; j > i; j--) {
      const below = order[j]!;
      if (meets(boxes[below]!, boxes[here]!)) middles[here] = Math.min(middles[here]!, middles[below]! - least(below, here));
    }
  }
  return middles;
}
