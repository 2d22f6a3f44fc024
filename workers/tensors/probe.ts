/** @file Finds the fastest engine of this device for a net by timing a few steps on each. */

import * as tf from '@tensorflow/tfjs-core';
import type { TfjsEngine } from '../../src/domain/modelling/learner';
import { Refusal } from '../../src/domain/refusal';
import { seeded } from '../../src/domain/random';
import { startEngine } from './backend';
import { DenseNet, parameterCount, type DenseShape } from './denseNet';
import { gradientCheck } from './gradientCheck';

export interface ProbeShape extends DenseShape {
  /** Rows of a batch. */
  readonly batch: number;
}

export interface ProbeRow {
  readonly engine: TfjsEngine;
  /** It may be chosen by itself. */
  readonly ok: boolean;
  /** Why not: `fallback`, a code of `startEngine`, a failed gradient check, `late` (the time was up before its turn). */
  readonly reason: string | null;
  /** Median time of a step; null where it was not timed. */
  readonly msPerStep: number | null;
}

/** Engines by how likely they are to win a race that is cut short; `cpu` is first since it is the one to beat and always there. */
const order: readonly TfjsEngine[] = ['cpu', 'wasm', 'webgpu', 'webgl'];

/** No engine begins its turn after this time, in ms; a turn itself takes at most `turn` once its engine has started. */
const budget = 2500;
const turn = 350;

/**
 * Times the engines that train rightly and chooses the fastest. An emulated adapter is right but never chosen.
 * @param engines those that are tried; all by default.
 */
export async function fastestEngine(shape: ProbeShape, engines: readonly TfjsEngine[] = order): Promise<{ engine: TfjsEngine; table: ProbeRow[] }> {
  const begin = performance.now();
  const table: ProbeRow[] = [];
  for (const engine of order.filter((one) => engines.includes(one))) {
    table.push(performance.now() - begin > budget ? { engine, ok: false, reason: 'late', msPerStep: null } : await probed(engine, shape));
  }
  let best: ProbeRow | undefined;
  for (const row of table) if (row.ok && (best === undefined || row.msPerStep! < best.msPerStep!)) best = row;
  return { engine: best?.engine ?? 'cpu', table };
}

async function probed(engine: TfjsEngine, shape: ProbeShape): Promise<ProbeRow> {
  try {
    const { fallback } = await startEngine(engine);
    // An emulation is not worth the time that its slow steps would take from the others.
    if (fallback) return { engine, ok: false, reason: 'fallback', msPerStep: null };
    const check = await gradientCheck(engine);
    if (!check.ok) return { engine, ok: false, reason: check.reason, msPerStep: null };
    return { engine, ok: true, reason: null, msPerStep: await stepTime(shape) };
  } catch (error) {
    const reason = error instanceof Refusal ? String(error.details['reason']) : error instanceof Error ? error.message : String(error);
    return { engine, ok: false, reason, msPerStep: null };
  }
}

/** Median time of a step with one read-back in four, after one round to warm up (shader compilers). */
async function stepTime({ widths, output, batch }: ProbeShape): Promise<number> {
  const random = seeded(11);
  const [features, outputs] = [widths[0]!, widths.at(-1)!];
  // One-hot data: one number in eight is not zero.
  const x = tf.tensor2d(
    Float32Array.from({ length: batch * features }, () => (random.next() < 0.125 ? 1 : 0)),
    [batch, features],
  );
  const target = tf.tensor2d(
    Float32Array.from({ length: batch * outputs }, (_, i) => (i % outputs === 0 ? 1 : 0)),
    [batch, outputs],
  );
  const parameters = Float32Array.from({ length: parameterCount({ widths, output }) }, () => (random.next() - 0.5) * 0.2);
  const net = new DenseNet({ widths, output }, { learningRate: 0.001, weightDecay: 0 }, { parameters });
  const together = 4;
  const times: number[] = [];
  try {
    const begin = performance.now();
    for (let round = 0; round < 12 && (round < 2 || performance.now() - begin < turn); round++) {
      const start = performance.now();
      for (let step = 0; step < together; step++) {
        const logits = net.step({ x, target });
        if (step === together - 1) await logits.data();
        logits.dispose();
      }
      if (round > 0) times.push((performance.now() - start) / together);
    }
  } finally {
    net.dispose();
    tf.dispose([x, target]);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}
