/** @file What the page and the service worker say to each other. */

/** A file of the build. Core files are stored before the worker takes over; later ones after the first paint. */
export type BuildFile = { readonly url: string; readonly bytes: number; readonly sha256: string; readonly type: string; readonly part: 'core' | 'later' };

export type ToOffline =
  /** Answer with the state. */
  | { readonly type: 'STATE' }
  /** Store what is still missing, telling the state after each file. */
  | { readonly type: 'FETCH_LATER' }
  /** Leave what is still missing for later: another worker is to take over, and waits for this one to have nothing under way. */
  | { readonly type: 'STOP_FETCHING' }
  /** Take control of pages that were loaded past the worker (a forced reload). */
  | { readonly type: 'CLAIM' }
  /** Sent only after the person agreed to the update and everything is saved. */
  | { readonly type: 'SKIP_WAITING' };

/** Why a file could not be stored. `changed`: the host gave other bytes than were built. `quota`: no room on this device. */
export type Obstacle = { readonly url: string; readonly reason: 'network' | 'changed' | 'quota' };

export type FromOffline = {
  readonly type: 'OFFLINE_STATE';
  readonly build: string;
  readonly storedBytes: number;
  readonly totalBytes: number;
  readonly missing: readonly string[];
  readonly fetching: boolean;
  readonly obstacle: Obstacle | null;
};
