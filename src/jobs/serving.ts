/** @file The page's side of the serving worker: one warm worker with one model, started anew when it died or another model is wanted. */

import type { Answer, Request, ServiceMeasurement, ServingApi } from '../../workers/serving/api';
import type { Hash } from '../domain/pipeline/digest';
import { RemoteWorker } from './remote';

export interface Served {
  readonly database: string;
  readonly model: Hash;
  readonly recipe: Hash;
  readonly threshold: number | null;
}

export class Server {
  readonly #worker: RemoteWorker<ServingApi>;

  private constructor(worker: RemoteWorker<ServingApi>) {
    this.#worker = worker;
  }

  static async start({ database, model, recipe, threshold }: Served): Promise<Server> {
    const worker = await RemoteWorker.start<ServingApi>(() => new Worker(new URL('../../workers/serving/worker.ts', import.meta.url), { type: 'module', name: 'serving' }));
    worker.watch();
    try {
      await worker.race(worker.api.load(database, model, recipe, threshold));
      return new Server(worker);
    } catch (error) {
      worker.end();
      throw error;
    }
  }

  answer(request: Request): Promise<Answer> {
    return this.#worker.race(this.#worker.api.answer(request)) as Promise<Answer>;
  }

  measure(database: string, table: Hash, requests: number): Promise<ServiceMeasurement> {
    return this.#worker.race(this.#worker.api.measure(database, table, requests));
  }

  examples(database: string, table: Hash, count: number): Promise<readonly Request[]> {
    return this.#worker.race(this.#worker.api.examples(database, table, count)) as Promise<readonly Request[]>;
  }

  end(): void {
    this.#worker.end();
  }
}
