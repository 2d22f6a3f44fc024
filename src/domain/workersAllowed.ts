/** @file How many workers may compute at once on a device. Not what each of them does, nor in which order: that is the queue's. */

/** How much of the device the user lets us have: a phone on its battery, or a laptop that grows hot, can be told to use less. */
export const workerShares = ['all', 'half', 'one'] as const;
export type WorkerShare = (typeof workerShares)[number];

/**
 * As many as there are cores up to three; from four on one fewer, which stays with the page and the rest of the system. Of that, `half` is half,
 * rounded down, and never none.
 * @param cores logical processors, as the browser tells them; taken as 1 where it tells nothing usable
 */
export function workersAllowed(cores: number, share: WorkerShare): number {
  const known = Number.isFinite(cores) && cores >= 1 ? Math.floor(cores) : 1;
  const all = known <= 3 ? known : known - 1;
  return share === 'all' ? all : share === 'half' ? Math.max(1, Math.floor(all / 2)) : 1;
}
