/** Every op is a pure function of its inputs: the same output twice, whatever the clock says, and the output that is on record for its version. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ops, type WorkerName } from '../../src/domain/pipeline/ops';
import type { Performer } from '../../workers/steps/performer';
import { performAll, type Performed } from './performAll';

const record = fileURLToPath(new URL('./opHashes.json', import.meta.url));
const renew = 'UPDATE_OP_HASHES=1 npx vitest run --project unit tests/contracts/op.test.ts';

type OpRecord = { readonly [name: string]: { readonly op: string; readonly version: number; readonly key: string; readonly output: string } };

const { exposed } = vi.hoisted(() => ({ exposed: [] as unknown[] }));
// The real worker files, so that an op which its worker forgot is found; comlink itself needs a worker's globals.
vi.mock('comlink', () => ({ expose: (performer: unknown) => exposed.push(performer) }));
// The one file that asks Vite for an address: onnxruntime finds its wasm by itself under Node.
vi.mock('../../workers/export/onnxRuntime', async () => {
  const { outputsOf } = await import('../unit/domain/deployment/onnx/onnxRun');
  return {
    runtimeName: 'onnxruntime-web',
    runOnnx: async (...[model, feeds, output]: [Uint8Array, Parameters<typeof outputsOf>[1], string]) => (await (await outputsOf(model, feeds))[output]!.getData()) as Float32Array,
  };
});

/** A year later, a clock that runs seven times as fast, other random ids, another time zone and another device. */
async function elsewhere<T>(work: () => Promise<T>): Promise<T> {
  const [TrueDate, trueNow, zone] = [Date, performance.now.bind(performance), process.env.TZ];
  const late = (): number => TrueDate.now() + 31_536_000_000;
  const LateDate = new Proxy(TrueDate, {
    construct: (target, parts: unknown[]) => Reflect.construct(target, parts.length === 0 ? [late()] : parts) as Date,
    get: (target, name) => (name === 'now' ? late : (Reflect.get(target, name) as unknown)),
  });
  let ids = 0;
  vi.stubGlobal('Date', LateDate);
  vi.stubGlobal('navigator', { hardwareConcurrency: 1, userAgent: 'elsewhere', language: 'tr', deviceMemory: 1 });
  const now = vi.spyOn(performance, 'now').mockImplementation(() => 1e9 + 7 * trueNow());
  const uuid = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}` as const);
  const chance = vi.spyOn(Math, 'random').mockImplementation(() => 0.5);
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    expect(new Date(0).getHours(), 'the zone took effect').not.toBe(0);
    expect(new Date().getFullYear(), 'the clock took effect').toBe(new TrueDate(late()).getFullYear());
    return await work();
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    [now, uuid, chance].forEach((spy) => spy.mockRestore());
    vi.unstubAllGlobals();
  }
}

let first: Performed[];
let second: Performed[];
let third: Performed[];

beforeAll(async () => {
  const performers = new Map<WorkerName, Performer>();
  for (const worker of ['data', 'training', 'evaluation', 'export'] as const) {
    await import(`../../workers/${worker}/worker.ts`);
    performers.set(worker, exposed.at(-1) as Performer);
  }
  first = await performAll('first', performers);
  second = await performAll('second', performers);
  third = await elsewhere(() => performAll('third', performers));
}, 120_000);

/** Where two texts part, with what stands around. */
function parting(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return `…${one.slice(Math.max(0, at - 60), at + 60)}… and …${other.slice(Math.max(0, at - 60), at + 60)}…`;
}

describe('an op', () => {
  it.each(ops.map((op) => op.name))('%s is performed here', (name) => {
    expect(first.filter((one) => one.op === name).length).toBeGreaterThan(0);
  });

  it('gives the same output twice, in databases of their own', () => {
    const differing = first.filter((one, i) => one.output !== second[i]!.output).map((one, i) => `${one.name}: ${parting(one.text, second[i]!.text)}`);
    expect(differing).toEqual([]);
    expect(second).toHaveLength(first.length);
  });

  it('counts rows of one group together where the task has groups', () => {
    const text = (name: string): string => first.find((one) => one.name === name)!.text;
    expect(text('evaluate by group')).toContain('bootstrap over 9 groups, 2,000 resamples');
    expect(text('evaluate by group')).not.toContain('Wilson');
    expect(text('compare by group')).toContain('paired bootstrap over 9 groups');
    expect(text('evaluate')).toContain('Wilson');
  });

  it('hashes no clock, duration, random id, time zone or device', () => {
    const differing = first.flatMap((one, i) => (one.output === third[i]!.output ? [] : [`${one.name}: ${parting(one.text, third[i]!.text)}`]));
    expect(differing).toEqual([]);
    expect(third).toHaveLength(first.length);
  });

  it('gives the output on record for its version', () => {
    const known: OpRecord = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as OpRecord) : {};
    const changed = first.filter((one) => known[one.name]?.key === one.key && known[one.name]?.output !== one.output);
    // The key holds version, parameters and inputs: under the same key, only the op's own code can have changed.
    expect(
      changed.map((one) => `${one.op} (case "${one.name}") computes something else, but its version is still ${one.version}`),
      `Raise the version of the op in src/domain/pipeline/ops.ts if the change is meant, then renew the record: ${renew}. Before a first release, delete tests/contracts/opHashes.json and do the same.`,
    ).toEqual([]);
    const now: OpRecord = Object.fromEntries(first.map(({ name, op, version, key, output }) => [name, { op, version, key, output }]));
    if (process.env.UPDATE_OP_HASHES === '1') writeFileSync(record, `${JSON.stringify(now, null, 1)}\n`);
    else expect(known, `New versions, parameters, inputs or cases: renew the record: ${renew}`).toEqual(now);
  });
});
