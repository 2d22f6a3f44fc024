/** @file How far the app can do without a network, as the views see it. */

import { applyUpdate, offlineState, onOfflineState, reloadForUpdate } from '../jobs/offline';
import { words } from '../words/words';

class Offline {
  #state = $state.raw(offlineState());
  readonly sentence = $derived.by(() => {
    const { ready, controlled, storedBytes, totalBytes, fetching } = this.#state;
    if (ready) return words.shell.offlineReady;
    if (fetching && totalBytes > 0) return words.shell.offlineFetching(Math.round(storedBytes / 1e6), Math.round(totalBytes / 1e6));
    return controlled ? words.shell.offlinePartly : words.shell.offlineNot;
  });

  /** Follows from now on. Called once, by main. */
  follow(): void {
    onOfflineState((state) => (this.#state = state));
  }

  get state(): ReturnType<typeof offlineState> {
    return this.#state;
  }

  update(): Promise<void> {
    return applyUpdate();
  }

  reload(): Promise<void> {
    return reloadForUpdate();
  }
}

export const offline = new Offline();
