/**
 * @file The arithmetic of a grid that scrolls more rows than a browser can make an element high.
 * Browsers cap an element near 16.7 to 33 million px, so above a limit one px of the scroll bar stands for several px of rows.
 */

/** Highest scrolled element we make, px: below every browser's cap. */
export const highestElement = 15_000_000;

export interface GridExtent {
  readonly rows: number;
  /** px */
  readonly rowHeight: number;
  /** px of rows in view, the head not counted */
  readonly viewHeight: number;
}

/** Height of the scrolled element, px. */
export const elementHeight = ({ rows, rowHeight }: GridExtent): number => Math.min(rows * rowHeight, highestElement);

/** How far the rows can be moved up, px of rows. */
export const furthestTop = ({ rows, rowHeight, viewHeight }: GridExtent): number => Math.max(0, rows * rowHeight - viewHeight);

const furthestScroll = (extent: GridExtent): number => Math.max(0, elementHeight(extent) - extent.viewHeight);

/** px of rows per px of the scroll bar: 1 for all but very long tables. */
export function scrollScale(extent: GridExtent): number {
  const scroll = furthestScroll(extent);
  return scroll > 0 ? furthestTop(extent) / scroll : 1;
}

const within = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/**
 * Top of the view, px of rows, after the bar moved from one place to another. Short moves (wheel, finger) go px by px;
 * long ones (dragging the bar) by scale. At either end of the bar the last stretch of rows is reached, not approached.
 */
export function topAfterScroll(extent: GridExtent, top: number, from: number, to: number): number {
  const scale = scrollScale(extent);
  const furthest = furthestTop(extent);
  const near = extent.viewHeight * 4;
  if (scale === 1 || Math.abs(to - from) >= near) return within(to * scale, 0, furthest);
  const moved = within(top + (to - from), 0, furthest);
  if (to <= 0 && moved < near) return 0;
  if (to >= furthestScroll(extent) - 1 && furthest - moved < near) return furthest;
  return moved;
}

/** Place of the bar that belongs to a top, px. */
export const scrollOfTop = (extent: GridExtent, top: number): number => within(top / scrollScale(extent), 0, furthestScroll(extent));

/** The top that brings a row wholly into view with the least movement. */
export function topShowingRow(extent: GridExtent, top: number, row: number): number {
  const above = row * extent.rowHeight;
  const below = above + extent.rowHeight - extent.viewHeight;
  const moved = above < top ? above : below > top ? below : top;
  return within(moved, 0, furthestTop(extent));
}

/** First row in view and how many are wholly or partly in view. */
export function rowsInView(extent: GridExtent, top: number): { readonly first: number; readonly count: number } {
  const first = within(Math.floor(top / extent.rowHeight), 0, Math.max(0, extent.rows - 1));
  const last = within(Math.ceil((top + extent.viewHeight) / extent.rowHeight), 0, extent.rows);
  return { first: extent.rows === 0 ? 0 : first, count: Math.max(0, last - first) };
}
