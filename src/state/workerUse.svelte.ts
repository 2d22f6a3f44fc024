/** @file How much of this device may compute: the user's choice, kept on the device, told to the queue. */

import { keepText, keptWord } from './keepsake';
import { useShare } from '../jobs/queue';
import { workersAllowed, workerShares, type WorkerShare } from '../domain/workersAllowed';

const place = 'workers';

class WorkerUse {
  #share = $state<WorkerShare>('all');

  get share(): WorkerShare {
    return this.#share;
  }
  set share(share: WorkerShare) {
    this.#share = share;
    useShare(share);
    keepText(place, share);
  }

  /** Workers that this device may have at once under a choice. */
  workersOf(share: WorkerShare): number {
    return workersAllowed(navigator.hardwareConcurrency, share);
  }

  /** Reads what was kept. Call once, before the first job. */
  restore(): void {
    this.#share = keptWord(place, workerShares) ?? 'all';
    useShare(this.#share);
  }
}

export const workerUse = new WorkerUse();
