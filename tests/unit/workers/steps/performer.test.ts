import { describe, expect, it } from 'vitest';
import { stepKey, type StepRequest } from '../../../../src/domain/pipeline/step';
import { Refusal } from '../../../../src/domain/refusal';
import { checkpointOf, keepCheckpoint } from '../../../../src/storage/checkpoints';
import { keptStep } from '../../../../src/storage/artifacts';
import { takePen } from '../../../../src/storage/projects';
import type { PerformOp } from '../../../../workers/steps/op';
import { Performer } from '../../../../workers/steps/performer';
import { freshStore } from '../../storage/memoryStore';

const request: StepRequest = { op: 'train', params: { epochs: 3 }, inputs: {} };
const model = { kind: 'model' as const, schema: 1, body: {}, chunks: [] };
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function performing(op: PerformOp) {
  const { database, pen, project } = await freshStore();
  const performer = new Performer(new Map([['train', op]]));
  const key = await stepKey(request);
  return { database, pen, project, performer, key, perform: () => performer.perform({ database: database.name, pen, request, files: [] }, () => undefined) };
}

describe('a performer', () => {
  it('says that a checkpoint is saved when it is on disk, and hands it to the next performance', async () => {
    const { database, performer, key, perform } = await performing(async (context) => {
      while (!context.checkpoints.due()) await new Promise((resolve) => setTimeout(resolve, 20));
      await context.checkpoints.keep(bytes('half way'));
      return { kind: 'diverged', epoch: 1 };
    });
    const outcome = perform();
    await performer.saveSoon();
    expect(await checkpointOf(database, key)).toEqual(bytes('half way'));
    expect(await outcome).toEqual({ kind: 'diverged', epoch: 1 });
  });

  it('gives back what was restored, and keeps no checkpoint of a step that ended', async () => {
    let restored: Uint8Array | undefined;
    const { database, pen, key, perform } = await performing((context) => {
      restored = context.checkpoints.restored;
      return Promise.resolve({ kind: 'made', output: model });
    });
    await keepCheckpoint(database, pen, key, bytes('half way'));
    expect(await perform()).toMatchObject({ kind: 'done', stopped: false });
    expect(restored).toEqual(bytes('half way'));
    expect(await checkpointOf(database, key)).toBeUndefined();
    expect(await keptStep(database, key)).toBeDefined();
  });

  it('keeps a step that was stopped under the parameters that lead to its output, and not under those asked for', async () => {
    const { database, key, perform } = await performing(() => Promise.resolve({ kind: 'made', output: model, params: { epochs: 1 } }));
    const outcome = await perform();
    expect(outcome).toMatchObject({ kind: 'done', stopped: true, record: { params: { epochs: 1 } } });
    expect(await keptStep(database, key)).toBeUndefined();
    expect(await keptStep(database, await stepKey({ ...request, params: { epochs: 1 } }))).toBeDefined();
  });

  it('ends as a value where the input is refused, is gone, or the pen is dry; and throws what is a bug', async () => {
    const refusing = await performing(() => Promise.reject(new Refusal('emptyFile', { file: 'x' })));
    expect(await refusing.perform()).toEqual({ kind: 'refused', refusal: { code: 'emptyFile', details: { file: 'x' } } });
    const making = await performing(() => Promise.resolve({ kind: 'made', output: model }));
    await takePen(making.database, making.project);
    expect(await making.perform()).toEqual({ kind: 'storage', problem: 'fenced' });
    expect(await keptStep(making.database, making.key)).toBeUndefined();
    const gone = { ...request, inputs: { table: `sha256:${'0'.repeat(64)}` as const } };
    expect(await making.performer.perform({ database: making.database.name, pen: making.pen, request: gone, files: [] }, () => undefined)).toEqual({ kind: 'storage', problem: 'damaged' });
    const buggy = await performing(() => Promise.reject(new RangeError('a bug')));
    await expect(buggy.perform()).rejects.toThrow('a bug');
  });
});
