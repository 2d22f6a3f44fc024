/** @file A worker that helps another with the parts of its step. It reads and writes nothing that is stored: what it needs is handed to it, and its answers go back. */

import { breathe } from './breathe';
import { buffersIn, copied } from './handOver';
import type { PartHooks, PartWork } from './parts';
import { asValue, Refusal, type RefusalValue } from '../../src/domain/refusal';

export type ToHelper = { readonly kind: 'begin'; readonly work: string; readonly shared: unknown } | { readonly kind: 'part'; readonly part: number };

export type FromHelper = { readonly part: number } & (
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly refusal: RefusalValue }
  /** A bug: told, so that it is thrown where the step is performed. */
  | { readonly kind: 'threw'; readonly name: string; readonly message: string }
);

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyWork = PartWork<any, any>;

/** A share is told at most so often. */
const tellMs = 100;

/** Computes what the port asks for, one part after another, until the worker is ended. */
export function help(works: ReadonlyMap<string, AnyWork>, port: MessagePort): void {
  let begin: (() => ReturnType<AnyWork['begin']>) | undefined;
  let compute: ReturnType<AnyWork['begin']> | undefined;
  const tell = (told: FromHelper, transfer: ArrayBuffer[] = []): void => port.postMessage(told, transfer);
  const answer = async (part: number): Promise<void> => {
    let told = performance.now();
    const hooks: PartHooks = {
      breathe,
      share: (share) => {
        const now = performance.now();
        if (now - told < tellMs) return;
        told = now;
        tell({ kind: 'share', part, share });
      },
    };
    try {
      if (begin === undefined) throw new TypeError('a helper was given a part before it was told of what');
      compute ??= begin();
      // A copy: what the answer shares with what is computed next must not go with it.
      const made = copied(await compute(part, hooks));
      tell({ kind: 'answer', part, answer: made }, buffersIn(made));
    } catch (error) {
      if (error instanceof Refusal) tell({ kind: 'refused', part, refusal: asValue(error) });
      else tell({ kind: 'threw', part, name: error instanceof Error ? error.name : 'Error', message: error instanceof Error ? error.message : String(error) });
    }
  };
  port.onmessage = ({ data }: MessageEvent<ToHelper>) => {
    if (data.kind === 'part') return void answer(data.part);
    const { work, shared } = data;
    begin = () => {
      const known = works.get(work);
      if (known === undefined) throw new TypeError(`this worker does not compute parts of ${work}`);
      return known.begin(shared);
    };
    compute = undefined;
  };
}
