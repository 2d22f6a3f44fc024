/** @file How far apart the checkpoints of a growing state are. */
import { describe, expect, it } from 'vitest';
import { checkpointing } from '../../../../workers/training/checkpointing';
import { stateOf } from '../../../../workers/training/savedState';

const still = (): undefined => undefined;

/** Checkpoints that take `ms` each, on a clock that is moved by hand. */
function paced(ms: number): { readonly checkpoints: ReturnType<typeof checkpointing>; readonly kept: Uint8Array[]; pass(by: number): void } {
  let time = 0;
  const kept: Uint8Array[] = [];
  const hooks = {
    checkpointDue: () => true,
    checkpoint: async (state: Uint8Array) => {
      kept.push(state);
      time += ms;
    },
  };
  return { checkpoints: checkpointing(hooks, 'm', still, () => time), kept, pass: (by) => void (time += by) };
}

describe('the checkpoints of a state that grows', () => {
  it('are made whenever they are asked for while they take up to a fiftieth of a second', async () => {
    const { checkpoints, kept } = paced(20);
    for (let i = 0; i < 5; i++) {
      expect(checkpoints.due()).toBe(true);
      await checkpoints.keep({ i }, [[Int32Array.of(i)]]);
    }
    expect(kept.map((bytes) => stateOf('m', bytes)?.head)).toEqual([0, 1, 2, 3, 4].map((i) => ({ i })));
  });

  it('are fifty times as far apart as the last one took', async () => {
    const { checkpoints, pass } = paced(100);
    await checkpoints.keep({}, []);
    pass(4_999);
    expect(checkpoints.due()).toBe(false);
    pass(1);
    expect(checkpoints.due()).toBe(true);
  });

  it('are never more than thirty seconds apart where they are asked for, however long they take', async () => {
    const { checkpoints, pass } = paced(10_000);
    await checkpoints.keep({}, []);
    pass(29_999);
    expect(checkpoints.due()).toBe(false);
    pass(1);
    expect(checkpoints.due()).toBe(true);
  });

  it('are made at no time when nobody asks', () => {
    expect(checkpointing({ checkpointDue: () => false, checkpoint: async () => undefined }, 'm', still, () => 0).due()).toBe(false);
  });
});
