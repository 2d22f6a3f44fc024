/** @file The lineage of an artifact as a graph: what each artifact is to the project, how it was made, and what was removed for good. */

import { downstream, upstream } from './lineage';
import type { OpenProject } from './project.svelte';
import { isRunStale, type StageMark } from './stageState';
import { taskKindIn } from './taskKindIn';
import type { Json } from '../domain/canonical';
import type { ArtifactKind } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { opNamed } from '../domain/pipeline/ops';
import { versionInHand, type ProjectEvent, type ProjectState } from '../domain/pipeline/project';
import type { StepRecord } from '../domain/pipeline/step';
import { MissingPiece, artifactOf } from '../storage/artifacts';
import { tombstonesOf, type Tombstone } from '../storage/tombstones';

/** What an artifact is to the project: a key of `words.pipeline.role`, with its number or name. */
export interface Role {
  readonly key: 'version' | 'split' | 'recipe' | 'model' | 'runScores' | 'runReport' | 'testReport' | 'package' | 'batch' | 'drift';
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The first thing that the state calls this artifact; null where it has no name for it. */
export function roleOf(state: ProjectState, id: Hash): Role | null {
  const version = state.versions.find((one) => one.table === id);
  if (version) return { key: 'version', facts: { number: version.number, rows: version.rows } };
  const model = state.models.find((one) => one.model === id);
  const run = state.runs.find((one) => one.model === id);
  if (run) return { key: 'model', facts: { run: run.number, learner: run.plan.learner, ...(model ? { model: model.number } : {}) } };
  const packaged = state.models.find((one) => one.package === id);
  if (packaged) return { key: 'package', facts: { model: packaged.number } };
  const using = (field: 'split' | 'recipe' | 'scores' | 'report' | 'test'): number[] => state.runs.filter((one) => one[field] === id).map((one) => one.number);
  for (const [field, key] of [
    ['scores', 'runScores'],
    ['report', 'runReport'],
    ['test', 'testReport'],
    ['split', 'split'],
    ['recipe', 'recipe'],
  ] as const) {
    const runs = using(field);
    if (runs.length > 0) return { key, facts: { runs: runs.join(', '), count: runs.length } };
  }
  if (state.split === id) return { key: 'split', facts: { runs: '', count: 0 } };
  const watch = state.watches.find((one) => one.batch === id || one.drift === id);
  if (watch) return { key: watch.batch === id ? 'batch' : 'drift', facts: { name: watch.name, rows: watch.rows } };
  return null;
}

export interface LineageItem {
  readonly id: Hash;
  /** Null: removed for good, or not in this browser. */
  readonly kind: ArtifactKind | null;
  readonly role: Role | null;
  readonly mark: StageMark;
  /** The steps that made it; none for a source. */
  readonly makers: readonly StepRecord[];
  /** Of a source: bytes and SHA-256 of the file. */
  readonly source: { readonly bytes: number; readonly sha256: string } | null;
  /** Bytes kept for it. */
  readonly bytes: number | null;
  readonly tombstone: Tombstone | null;
}

export interface LineageView {
  readonly items: readonly LineageItem[];
  readonly edges: readonly { readonly from: Hash; readonly to: Hash; readonly op: string }[];
}

/** Artifacts that are behind the times: those of runs on data or a split that are no longer in hand. */
export function staleArtifacts(state: ProjectState): ReadonlySet<Hash> {
  const stale = new Set<Hash>();
  const fresh = new Set<Hash>();
  for (const run of state.runs) {
    const into = isRunStale({ state }, run) ? stale : fresh;
    for (const id of [run.model, run.scores, run.report, run.test, run.recipe, run.split]) if (id !== null) into.add(id);
    for (const model of state.models) if (model.run === run.id && model.package !== null) into.add(model.package);
  }
  for (const id of fresh) stale.delete(id);
  const version = versionInHand(state);
  for (const one of state.versions) if (version !== undefined && one.table !== version.table) stale.add(one.table);
  return stale;
}

/**
 * The edges without those that a longer way makes plain: where a leads to b and b to c, the arrow from a to c says nothing new. For a picture that
 * can be read; the full list of inputs is with each step. The graph has no cycles, as every artifact is named by what it was made from.
 */
export function nearestEdges<Edge extends { readonly from: string; readonly to: string }>(edges: readonly Edge[]): readonly Edge[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (id: string): ReadonlySet<string> => {
    const known = reached.get(id);
    if (known !== undefined) return known;
    const all = new Set<string>();
    reached.set(id, all);
    for (const to of next.get(id) ?? []) {
      all.add(to);
      for (const further of reach(to)) all.add(further);
    }
    return all;
  };
  return edges.filter(({ from, to }) => !(next.get(from) ?? []).some((other) => other !== to && reach(other).has(to)));
}

/**
 * Everything that leads to an artifact and everything made from it.
 * Drift against a batch, or a comparison of runs, shows with its other inputs.
 */
export async function lineageView(project: OpenProject, id: Hash): Promise<LineageView> {
  const before = await upstream(project, id);
  const after = await downstream(project, id);
  const steps = [...new Map([...before.steps, ...after].map((step) => [step.key, step])).values()];
  const ids = [...new Set([id, ...before.sources, ...steps.flatMap((step) => [step.output, ...Object.values(step.inputs)])])];
  const graves = await tombstonesOf(project.database, project.id);
  const stale = staleArtifacts(project.state);
  const items = await Promise.all(ids.map((one) => itemOf(project, one, steps, graves, stale)));
  const edges = steps.flatMap((step) => [...new Set(Object.values(step.inputs))].map((from) => ({ from, to: step.output, op: step.op })));
  const seen = new Set<string>();
  return { items, edges: edges.filter(({ from, to }) => !seen.has(`${from} ${to}`) && seen.add(`${from} ${to}`)) };
}

async function itemOf(project: OpenProject, id: Hash, steps: readonly StepRecord[], graves: readonly Tombstone[], stale: ReadonlySet<Hash>): Promise<LineageItem> {
  const makers = steps.filter((step) => step.output === id);
  const role = roleOf(project.state, id);
  const tombstone = graves.find((stone) => stone.artifact === id) ?? null;
  try {
    const { kind, body, chunks } = await artifactOf<Json>(project.database, id);
    const source = kind === 'source' ? (body as unknown as { readonly bytes: number; readonly sha256: string }) : null;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    // What the learner is called depends on what the model predicts, and that its own record says.
    const named = role?.key === 'model' ? { ...role, facts: { ...role.facts, task: taskKindIn(body) ?? '' } } : role;
    return { id, kind, role: named, mark: tombstone ? 'failed' : stale.has(id) ? 'stale' : 'evidence', makers, source, bytes, tombstone };
  } catch (error) {
    if (!(error instanceof MissingPiece)) throw error;
    // The step is known and says what it was, although the bytes are gone.
    return { id, kind: makers[0] ? opNamed(makers[0].op).output : null, role, mark: tombstone ? 'failed' : 'none', makers, source: null, bytes: null, tombstone };
  }
}

export interface StepTime {
  readonly at: number;
  readonly seconds: number | null;
  readonly measured: Readonly<Record<string, Json>>;
}

/** When a step was computed in this project, from the log; null where its output was found, computed before or elsewhere. */
export function stepTime(events: readonly ProjectEvent[], key: Hash): StepTime | null {
  const event = events.find((one) => one.kind === 'step' && one.detail.key === key);
  if (event === undefined) return null;
  const { seconds, measured } = event.detail;
  const isRecord = measured !== null && typeof measured === 'object' && !Array.isArray(measured);
  return { at: event.at, seconds: typeof seconds === 'number' ? seconds : null, measured: isRecord ? (measured as Readonly<Record<string, Json>>) : {} };
}

/** One setting, flattened: a dotted name and its value as text. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Parameters as lines that can be read: nested ones by dotted names, lists of plain values on one line, null and empty ones left out. */
export function settingsOf(params: Json, name = ''): readonly Setting[] {
  if (params === null || params === '' || (Array.isArray(params) && params.length === 0)) return [];
  if (typeof params !== 'object') return [{ name, value: String(params) }];
  if (Array.isArray(params)) {
    if (params.every((one) => one === null || typeof one !== 'object')) return [{ name, value: params.map((one) => (one === '' ? '“”' : String(one))).join(', ') }];
    // A list of small records reads best as one line each.
    return params.flatMap((one, at) => {
      const parts = settingsOf(one);
      return parts.length === 0 ? [] : [{ name: `${name} ${at + 1}`, value: parts.map((part) => (part.name === '' ? part.value : `${part.name} ${part.value}`)).join(', ') }];
    });
  }
  return Object.entries(params).flatMap(([key, value]) => settingsOf(value, name === '' ? key : `${name}.${key}`));
}
