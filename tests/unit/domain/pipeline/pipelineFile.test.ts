import { describe, expect, it } from 'vitest';
import { hashOfJson, type Hash } from '../../../../src/domain/pipeline/digest';
import { pipelineFromText, pipelineOf, pipelineText } from '../../../../src/domain/pipeline/pipelineFile';
import { stepKey, type StepRecord, type StepRequest } from '../../../../src/domain/pipeline/step';
import type { Criterion } from '../../../../src/domain/scoping/criterion';
import { Refusal } from '../../../../src/domain/refusal';

async function record(request: StepRequest): Promise<StepRecord> {
  return { ...request, version: 1, key: await stepKey(request), output: await hashOfJson({ made: request as never }) };
}

async function chain(): Promise<StepRecord[]> {
  const source = await hashOfJson('source');
  const table = await record({ op: 'import', params: { options: { delimiter: ',', '__proto__x': 1 } }, inputs: { source } });
  const split = await record({ op: 'split', params: { seed: 1 }, inputs: { table: table.output } });
  const recipe = await record({ op: 'recipe', params: { target: 'y: "quoted" #', exclude: ['- a'] }, inputs: { table: table.output, split: split.output } });
  return [recipe, split, table];
}

const criteria: Criterion[] = [{ metric: 'roc_auc', slice: [{ column: 'sex', operator: '=', value: 'Female' }], direction: '>=', target: 0.85, why: 'promised\non paper' }];

describe('a pipeline file', () => {
  it('is read back as it was written', async () => {
    const pipeline = pipelineOf(await chain(), criteria, 'bound');
    expect(pipelineFromText(pipelineText(pipeline))).toEqual(pipeline);
  });

  it('orders steps by dependence and does not depend on the order they came in', async () => {
    const steps = await chain();
    const text = pipelineText(pipelineOf(steps, [], 'value'));
    expect(pipelineText(pipelineOf([...steps].reverse(), [], 'value'))).toBe(text);
    expect(pipelineOf(steps, [], 'value').steps.map((step) => step.id)).toEqual(['import-1', 'split-1', 'recipe-1']);
  });

  it('is refused with a reason when it is anything else', async () => {
    const text = pipelineText(pipelineOf(await chain(), criteria, 'value'));
    const broken = ['', '[]', 'a: *b', '{{', text.replace('perennial/v1', 'other/v9'), text.replace('op: split', 'op: explode'), text.replace('from: import-1', 'from: nowhere-1'), text.replace(/output: sha256:.{4}/, 'output: nonsense')];
    for (const file of broken) expect(() => pipelineFromText(file)).toThrow(Refusal);
  });

  it('refuses to be a bomb of aliases', () => {
    expect(() => pipelineFromText(`apiVersion: perennial/v1\na: &a [1,2]\nb: &b [*a,*a]\nsteps: [*b,*b]\ncriteria: []\ngate: value\n`)).toThrow(Refusal);
  });
});

describe('a step key', () => {
  it('does not depend on the order of inputs and parameters, and changes with one byte', async () => {
    const a: Hash = await hashOfJson('a');
    const b: Hash = await hashOfJson('b');
    const one = await stepKey({ op: 'score', params: { part: 'test', x: 1 }, inputs: { model: a, table: b } });
    expect(await stepKey({ op: 'score', params: { x: 1, part: 'test' }, inputs: { table: b, model: a } })).toBe(one);
    expect(await stepKey({ op: 'score', params: { part: 'test', x: 2 }, inputs: { model: a, table: b } })).not.toBe(one);
    expect(await stepKey({ op: 'score', params: { part: 'test', x: 1 }, inputs: { model: b, table: a } })).not.toBe(one);
  });
});
