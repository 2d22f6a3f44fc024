/** @file What a page has and Node has not, for tests of whole projects: locks, localStorage, and workers' ops performed in this process. */

import type { StepJob } from '../../../src/jobs/steps';
import type { StepCall, StepProgress } from '../../../workers/steps/api';
import { append } from '../../../workers/data/ops/append';
import { correct } from '../../../workers/data/ops/correct';
import { diff } from '../../../workers/data/ops/diff';
import { edit } from '../../../workers/data/ops/edit';
import { importSource } from '../../../workers/data/ops/import';
import { profile } from '../../../workers/data/ops/profile';
import { split } from '../../../workers/data/ops/split';
import { recipe } from '../../../workers/data/ops/recipe';
import { drift } from '../../../workers/evaluation/ops/drift';
import { evaluate } from '../../../workers/evaluation/ops/evaluate';
import { score } from '../../../workers/evaluation/ops/score';
import { crossValidate } from '../../../workers/training/ops/crossValidate';
import { train } from '../../../workers/training/ops/train';
import { Browser } from '../../../workers/browsing/browser';
import type { PerformOp } from '../../../workers/steps/op';
import { Performer } from '../../../workers/steps/performer';

/** Locks of one process with modes, `ifAvailable` and `steal` left out: what the writer and the collector ask for. */
export class Locks {
  readonly held = new Map<string, { mode: 'shared' | 'exclusive'; count: number }>();

  async request<T>(name: string, options: { mode?: 'shared' | 'exclusive'; ifAvailable?: boolean }, work: (lock: object | null) => Promise<T>): Promise<T> {
    const mode = options.mode ?? 'exclusive';
    const free = (): boolean => {
      const now = this.held.get(name);
      return now === undefined || (mode === 'shared' && now.mode === 'shared');
    };
    while (!free()) {
      if (options.ifAvailable) return work(null);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    this.held.set(name, { mode, count: (this.held.get(name)?.count ?? 0) + 1 });
    try {
      return await work({});
    } finally {
      const now = this.held.get(name)!;
      if (--now.count === 0) this.held.delete(name);
    }
  }
}

export class MemoryStorage {
  readonly #items = new Map<string, string>();
  getItem = (name: string): string | null => this.#items.get(name) ?? null;
  setItem = (name: string, text: string): void => void this.#items.set(name, text);
  removeItem = (name: string): void => void this.#items.delete(name);
  get length(): number {
    return this.#items.size;
  }
}

const ops = new Map<string, PerformOp>([['import', importSource], ['append', append], ['correct', correct], ['edit', edit], ['profile', profile], ['diff', diff], ['split', split], ['recipe', recipe], ['drift', drift], ['evaluate', evaluate], ['score', score], ['train', train], ['crossValidate', crossValidate]]);

export const browser = new Browser();

export function startStep(call: StepCall, tell: (report: StepProgress) => void): StepJob {
  return { outcome: new Performer(ops).perform(call, tell), stop: () => undefined, abort: () => undefined, leave: () => Promise.resolve() };
}
