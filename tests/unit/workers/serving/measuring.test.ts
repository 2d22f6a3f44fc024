/** @file Timing a service whose model is slow: it ends, it gives way, and it says what was measured. */
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../../src/domain/data/table';
import { measured } from '../../../../workers/serving/measuring';

const rows: Table = { rows: 10_000, columns: [{ name: 'a', type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: 10_000 }, (_, i) => i) } }] };

/** A model that takes so long for a row, on a clock that nothing else moves but looking. */
async function measuredAt(msOfRow: number): Promise<{ readonly measurement: Awaited<ReturnType<typeof measured>>; readonly spent: number; readonly longest: number; readonly batches: number[][] }> {
  let time = 0;
  let longest = 0;
  let breathed = 0;
  const batches: number[][] = [];
  const spend = (ms: number): void => {
    time += ms;
    longest = Math.max(longest, time - breathed);
  };
  const service = {
    request: () => spend(msOfRow),
    batch: (table: Table) => {
      const { values } = table.columns[0]!.values as { readonly values: Float64Array };
      batches.push(Array.from(values));
      spend(msOfRow * table.rows);
    },
  };
  const pause = async (): Promise<void> => {
    breathed = time;
  };
  const measurement = await measured(service, rows, 500, pause, () => (time += 1e-3));
  return { measurement, spent: time, longest, batches };
}
const throughput = ({ estimates }: Awaited<ReturnType<typeof measured>>): number => estimates.find(({ name }) => name === 'throughput')!.estimate.value!;

describe('the measurement of a service', () => {
  it('of a quick model takes all requests and passes over the whole batch at once', async () => {
    const { measurement, batches } = await measuredAt(0.001);
    expect(measurement).toMatchObject({ n: 500, batchRows: 10_000, warmUp: 50 });
    expect(batches.at(-1)).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect(throughput(measurement)).toBeCloseTo(1e6, -4);
  });

  it('of nearest neighbours among a million rows ends within a minute, gives way every tenth of a second, and tells fewer rows and timings', async () => {
    const { measurement, spent, longest, batches } = await measuredAt(50);
    expect(spent).toBeLessThan(60_000);
    // A breath is due when 30 ms have passed, after the row in hand.
    expect(longest).toBeLessThan(101);
    expect(measurement.batchRows).toBe(39);
    expect(measurement.n).toBeGreaterThan(200);
    expect(measurement.n).toBeLessThan(400);
    expect(measurement.warmUp).toBe(50);
    expect(throughput(measurement)).toBeCloseTo(20, 1);
    expect(batches.slice(-39).flat()).toEqual(Array.from({ length: 39 }, (_, i) => i));
    for (const { estimate } of measurement.estimates) expect(estimate.value).not.toBeNull();
  });
});
