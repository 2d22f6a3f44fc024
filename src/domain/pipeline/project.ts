/** @file A project: its head (the one thing that changes), its states (immutable), and its events (appended, never altered). */

import { canonicalJson, type Json } from '../canonical';
import type { Hash } from './digest';
import type { Criterion, GateRule } from '../scoping/criterion';
import type { RecipeChoice } from '../data/recipe/recipeChoice';
import type { Plan } from '../modelling/learner';
import { statesInForce } from './stateInForce';

export type ProjectId = `project:${string}`;
export type RunId = `run:${number}`;

/** One immutable state of the table, with what led to it. */
export interface DataVersion {
  readonly number: number;
  readonly table: Hash;
  readonly rows: number;
  /** What was done, in words; not part of any hash. */
  readonly message: string;
  /** The version it was made from; null for an import. */
  readonly parent: number | null;
  /** Number of the import that it descends from: its rows are split by the cuts of that line. */
  readonly line: number;
}

/** What is to be predicted and how rows are told apart. */
export interface Question {
  readonly text: string;
  readonly target: string | null;
  readonly task: 'classification' | 'regression' | null;
  readonly positive: string | null;
  readonly group: string | null;
  readonly time: string | null;
  readonly exclude: readonly string[];
}

export interface SplitChoice {
  readonly seed: number;
  /** Shares of train, validation and test; they sum to 1. */
  readonly shares: readonly [number, number, number];
}

/** A training that ended with a model. */
export interface Run {
  readonly id: RunId;
  readonly number: number;
  readonly plan: Plan;
  readonly version: number;
  readonly table: Hash;
  readonly split: Hash;
  readonly recipe: Hash;
  readonly model: Hash;
  readonly backend: string;
  /** Scores on validation rows (out of fold when the table is small) and the report made from them. */
  readonly scores: Hash;
  readonly report: Hash;
  /** The sealed test rows, once they were opened for this run. */
  readonly test: Hash | null;
  readonly crossValidated: boolean;
  /** What was asked when it was trained (`askedOf`): another question makes it out of date. */
  readonly asked: string;
  /** How the beginner's recipe was varied; null: not at all, or the recipe was given whole. */
  readonly preparation: RecipeChoice | null;
}

/** A registered model. Immutable but for its package, which is made later. */
export interface ModelVersion {
  readonly number: number;
  readonly run: RunId;
  readonly model: Hash;
  readonly package: Hash | null;
}

export interface Watch {
  readonly number: number;
  readonly name: string;
  readonly batch: Hash;
  readonly rows: number;
  readonly drift: Hash;
  /** Whose reference it was compared with. */
  readonly model: number | null;
}

/** Everything a project is right now, as one immutable value. */
export interface ProjectState {
  readonly schema: 1;
  readonly question: Question;
  readonly versions: readonly DataVersion[];
  /** Number of the version in hand; null before the first import. */
  readonly inHand: number | null;
  readonly splitChoice: SplitChoice;
  /** The split in force for the version in hand. */
  readonly split: Hash | null;
  readonly criteria: readonly Criterion[];
  readonly gate: GateRule;
  /** Decision threshold of binary models, chosen on validation rows. */
  readonly threshold: number;
  readonly runs: readonly Run[];
  readonly models: readonly ModelVersion[];
  readonly champion: number | null;
  readonly challenger: number | null;
  readonly watches: readonly Watch[];
}

export const emptyState: ProjectState = {
  schema: 1,
  question: { text: '', target: null, task: null, positive: null, group: null, time: null, exclude: [] },
  versions: [],
  inHand: null,
  splitChoice: { seed: 1, shares: [0.7, 0.15, 0.15] },
  split: null,
  criteria: [],
  gate: 'value',
  threshold: 0.5,
  runs: [],
  models: [],
  champion: null,
  challenger: null,
  watches: [],
};

/** The one mutable record of a project. Swapped in a strict transaction with the event that explains it. */
export interface ProjectHead {
  readonly id: ProjectId;
  readonly name: string;
  /** Rises with each taking of the writer's lock; every write checks it. */
  readonly epoch: number;
  /** Sequence of the last event. */
  readonly sequence: number;
  /** Sequence of the event whose state is in force; 0 is the empty state. */
  readonly at: number;
  readonly undo: readonly number[];
  readonly redo: readonly number[];
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  /** When it was put in the bin; null when it was not. */
  readonly binned: number | null;
  readonly sample: string | null;
}

/** Something that happened. Those with a state moved the project; the others are measurements and remarks. */
export interface ProjectEvent {
  readonly project: ProjectId;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: EventKind;
  readonly detail: { readonly [key: string]: Json };
  readonly state: ProjectState | null;
}

export const eventKinds = [
  'created', 'renamed', 'imported', 'versionMade', 'versionTaken', 'questionChanged', 'splitMade', 'criteriaChanged', 'thresholdChanged', 'runKept', 'runRemoved',
  'testOpened', 'registered', 'aliasMoved', 'packaged', 'exported', 'batchWatched', 'alertSettled', 'undone', 'redone', 'step', 'latency', 'probe', 'predicted',
  'takenOver', 'backedUp', 'restored', 'deletedForGood', 'binned', 'unbinned',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What decides how rows are split and which columns are learnt from, in one spelling. */
export const askedOf = ({ question, splitChoice }: Pick<ProjectState, 'question' | 'splitChoice'>): string =>
  canonicalJson({
    target: question.target,
    task: question.task,
    positive: question.positive,
    group: question.group,
    time: question.time,
    exclude: [...question.exclude].sort(),
    seed: splitChoice.seed,
    shares: splitChoice.shares,
  });

type NumberedList = 'versions' | 'runs' | 'models' | 'watches';

/**
 * The next number of a list that a state holds: one above every number that the log has ever given out, so that a number never comes to
 * mean another thing, not after an undo and not after a removal.
 */
export const nextNumber = (events: readonly ProjectEvent[], state: ProjectState, list: NumberedList): number => Math.max(0, ...numbersGiven(events, state, list)) + 1;

/** Every number of a list that the log has ever given out. */
export const numbersGiven = (events: readonly ProjectEvent[], state: ProjectState, list: NumberedList): ReadonlySet<number> =>
  new Set([state, ...events.map((event) => event.state)].flatMap((known) => known?.[list].map(({ number }) => number) ?? []));

export const versionInHand = (state: ProjectState): DataVersion | undefined => state.versions.find((version) => version.number === state.inHand);

export const runNamed = (state: ProjectState, id: RunId): Run | undefined => state.runs.find((run) => run.id === id);

export const modelNumbered = (state: ProjectState, number: number | null): ModelVersion | undefined => state.models.find((model) => model.number === number);

/**
 * The state in force at an instant answers "what was champion on that day": undoing a move takes its champion away again.
 * @param events in order of sequence
 */
export function championAt(events: readonly ProjectEvent[], instant: number): number | null {
  const later = events.findIndex((event) => event.at > instant);
  return statesInForce(later < 0 ? events : events.slice(0, later)).at(-1)?.champion ?? null;
}
