/** @file A value that comes later, for a key that changes: late answers to old keys are passed over, the old value stays until the new one is there. */

import { untrack } from 'svelte';

export class Late<Value> {
  #value = $state.raw<Value>();
  #error = $state.raw<unknown>(null);
  #busy = $state(true);
  readonly #key: string | null;

  /**
   * To be made while a component is set up.
   * @param key what the value is for; null: there is nothing to load
   * @param load called anew whenever the key changes; what it reads is not followed
   */
  constructor(key: () => string | null, load: () => Promise<Value>) {
    this.#key = $derived(key());
    $effect(() => {
      const wanted = this.#key;
      let left = false;
      untrack(() => {
        this.#error = null;
        if (wanted === null) {
          this.#value = undefined;
          this.#busy = false;
          return;
        }
        this.#busy = true;
        load().then(
          (value) => {
            if (left) return;
            this.#value = value;
            this.#busy = false;
          },
          (error: unknown) => {
            if (left) return;
            this.#error = error ?? new Error('unknown');
            this.#busy = false;
          },
        );
      });
      return () => {
        left = true;
      };
    });
  }

  get value(): Value | undefined {
    return this.#value;
  }
  get error(): unknown {
    return this.#error;
  }
  /** On its way. */
  get busy(): boolean {
    return this.#busy;
  }
}
