/** @file How much of this device may compute: the user's choice, kept on the device, told to the queue. */

import { useShare } from '../jobs/queue';
import { workersAllowed, workerShares, type WorkerShare } from '../domain/workersAllowed';

const place = 'perennial:workers';

class WorkerUse {
  #share = $state<WorkerShare>('all');

  get share(): WorkerShare {
    return this.#share;
  }
  set share(share: WorkerShare) {
    this.#share = share;
    useShare(share);
    try {
      localStorage.setItem(place, share);
    } catch {
      // A browser that keeps nothing asks again another time.
    }
  }

  /** Workers that this device may have at once under a choice. */
  workersOf(share: WorkerShare): number {
    return workersAllowed(navigator.hardwareConcurrency, share);
  }

  /** Reads what was kept. Call once, before the first job. */
  restore(): void {
    let text: string | null = null;
    try {
      text = localStorage.getItem(place);
    } catch {
      return;
    }
    this.#share = workerShares.find((share) => share === text) ?? 'all';
    useShare(this.#share);
  }
}

export const workerUse = new WorkerUse();
