/** @file The pipeline as a file: the steps that lead to an artifact, in order, with their parameters, and the promises they answer to. Read back the same. */

import { parse, stringify } from 'yaml';
import { canonicalJson, type Json } from '../canonical';
import { Refusal } from '../refusal';
import { parseCriterion, printCriterion } from '../scoping/criterionGrammar';
import type { Criterion, GateRule } from '../scoping/criterion';
import { isHash, type Hash } from './digest';
import { ops, type OpName } from './ops';
import type { StepRecord } from './step';

/** One step of the file. Inputs name an earlier step by its id, or a source by its hash. */
export interface PipelineStep {
  readonly id: string;
  readonly op: OpName;
  readonly version: number;
  readonly inputs: readonly { readonly name: string; readonly from: string }[];
  readonly params: Json;
  readonly output: Hash;
}

export interface Pipeline {
  readonly steps: readonly PipelineStep[];
  readonly criteria: readonly Criterion[];
  readonly gate: GateRule;
}

/** The most aliases that a file may use before it is taken for a bomb. */
const aliasLimit = 0;

/** Steps in the order of their dependence; among independent ones in order of op and key, so that equal graphs give equal files. */
export function pipelineOf(records: readonly StepRecord[], criteria: readonly Criterion[], gate: GateRule): Pipeline {
  const waiting = [...records].sort((a, b) => (a.op === b.op ? (a.key < b.key ? -1 : 1) : a.op < b.op ? -1 : 1));
  const idOf = new Map<Hash, string>();
  const made = new Set(records.map((record) => record.output));
  const counts = new Map<string, number>();
  const steps: PipelineStep[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((record) => Object.values(record.inputs).every((input) => idOf.has(input) || !made.has(input)));
    // A cycle cannot come from hashes; a record that names its own output would be one.
    if (next < 0) throw new TypeError('the steps lead in a circle');
    const [record] = waiting.splice(next, 1);
    const { op, version, params, inputs, output } = record!;
    const number = (counts.get(op) ?? 0) + 1;
    counts.set(op, number);
    const id = `${op}-${number}`;
    if (!idOf.has(output)) idOf.set(output, id);
    const named = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
    steps.push({ id, op, version, inputs: named.map(([name, from]) => ({ name, from: idOf.get(from) ?? from })), params, output });
  }
  return { steps, criteria, gate };
}

/** The file. Names are data: they stand in values, never in keys of ours. */
export const pipelineText = (pipeline: Pipeline): string =>
  stringify(
    {
      apiVersion: 'perennial/v1',
      criteria: pipeline.criteria.map((criterion) => ({ criterion: printCriterion(criterion), why: criterion.why })),
      gate: pipeline.gate,
      steps: pipeline.steps.map(({ id, op, version, inputs, params, output }) => ({ id, op, version, inputs: inputs.map(({ name, from }) => ({ name, from })), params, output })),
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );

/**
 * Reads a file back.
 * @throws Refusal pipelineUnreadable {reason} for anything that is not one of ours
 */
export function pipelineFromText(text: string): Pipeline {
  const wrong = (reason: string): Refusal => new Refusal('pipelineUnreadable', { reason });
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: aliasLimit, schema: 'core' });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message.split('\n')[0]! : 'not YAML');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong('it holds no pipeline');
  const file = value as { apiVersion?: unknown; criteria?: unknown; gate?: unknown; steps?: unknown };
  if (file.apiVersion !== 'perennial/v1') throw wrong(`its apiVersion is ${String(file.apiVersion)}`);
  if (file.gate !== 'value' && file.gate !== 'bound') throw wrong('its gate is neither value nor bound');
  if (!Array.isArray(file.steps) || !Array.isArray(file.criteria)) throw wrong('it lists no steps');
  const seen = new Set<string>();
  const steps = file.steps.map((entry: Partial<PipelineStep>): PipelineStep => {
    const { id, op, version, inputs, params, output } = entry;
    if (typeof id !== 'string' || seen.has(id)) throw wrong(`a step has no id of its own: ${String(id)}`);
    if (!ops.some((known) => known.name === op)) throw wrong(`step ${id} names an unknown op: ${String(op)}`);
    if (!Number.isInteger(version) || !Array.isArray(inputs) || !isHash(output)) throw wrong(`step ${id} is incomplete`);
    const checked = inputs.map(({ name, from }: { name?: unknown; from?: unknown }) => {
      if (typeof name !== 'string' || typeof from !== 'string' || !(isHash(from) || seen.has(from))) throw wrong(`step ${id} has an input from nowhere: ${String(from)}`);
      return { name, from };
    });
    seen.add(id);
    // Canonical JSON refuses what a parameter cannot be.
    canonicalJson((params ?? null) as Json);
    return { id, op: op!, version: version!, inputs: checked, params: (params ?? null) as Json, output };
  });
  const criteria = file.criteria.map((entry: { criterion?: unknown; why?: unknown }): Criterion => {
    if (typeof entry.criterion !== 'string') throw wrong('a criterion is not a text');
    return { ...parseCriterion(entry.criterion), why: typeof entry.why === 'string' ? entry.why : '' };
  });
  return { steps, criteria, gate: file.gate };
}
