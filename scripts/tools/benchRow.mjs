/** @file One line of `npm run bench`: the median of ours against the median of a peer's. */

/** The middle of the values, or the mean of the two middle ones. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {{work: string, peer: string, target: number | null}} entry
 * @param {{ours: number, peer: number | null, unit: string}[]} measured  one for each repetition
 * @returns {{work: string, peer: string, ours: number, peer_value: number | null, unit: string, ratio: number | null, target: number | null}}
 *   ratio = the peer's time over ours; at least the target is good. An entry without a peer is stated, not compared.
 */
export function benchRow({ work, peer, target }, measured) {
  const ours = median(measured.map((one) => one.ours));
  const peerValue = measured.every((one) => one.peer !== null) ? median(measured.map((one) => one.peer)) : null;
  return { work, peer, ours, peer_value: peerValue, unit: measured[0].unit, ratio: peerValue === null ? null : peerValue / ours, target: target ?? null };
}

/**
 * The lines of an entry. A repetition may measure several things, or one against several peers: then it is a list of lines, each with its peer and
 * target, and its work where that differs from the entry's.
 * @param {{work: string, peer: string, target: number | null}} entry
 * @param {(object | object[])[]} repetitions
 */
export function benchRows(entry, repetitions) {
  if (!Array.isArray(repetitions[0])) return [benchRow(entry, repetitions)];
  return repetitions[0].map(({ work = entry.work, peer, target }, index) => {
    const measured = repetitions.map((lines) => ({ ours: lines[index].ours, peer: lines[index].peerValue, unit: lines[index].unit }));
    return benchRow({ work, peer, target }, measured);
  });
}
