/**
 * @file Whether what a backup says is a project: every field that is known is there and of its kind. Fields that are not known are let be,
 * since they harm nobody and may mean something to a later version.
 */

import { isHash, type Hash } from '../domain/pipeline/digest';
import { eventKinds, type ProjectEvent, type ProjectHead } from '../domain/pipeline/project';
import { engines } from '../domain/modelling/learner';
import type { Tombstone } from './tombstones';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
/** JSON spells no infinity, but 1e999 is read as one. */
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** Milliseconds since 1970 that a calendar can show. */
const isInstant: Check = (value) => isCount(value) && (value as number) <= 8.64e15;
const isFlag: Check = (value) => typeof value === 'boolean';
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const among =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** Own fields only: what a prototype lends is not in the file. */
const having =
  (fields: readonly (readonly [string, Check])[]): Check =>
  (value) =>
    isRecord(value) && fields.every(([name, check]) => Object.hasOwn(value, name) && check(value[name]));

const isRunId: Check = (value) => typeof value === 'string' && /^run:\d+$/.test(value);

const isVersion = having([
  ['number', isCount],
  ['table', isHash],
  ['rows', isCount],
  ['message', isText],
  ['parent', orNull(isCount)],
  ['line', isCount],
]);

const isQuestion = having([
  ['text', isText],
  ['target', orNull(isText)],
  ['task', among(null, 'classification', 'regression')],
  ['positive', orNull(isText)],
  ['group', orNull(isText)],
  ['time', orNull(isText)],
  ['exclude', listOf(isText)],
]);

const isSplitChoice = having([
  ['seed', isNumber],
  ['shares', (value) => listOf(isNumber)(value) && (value as unknown[]).length === 3],
]);

const isCriterion = having([
  ['metric', isText],
  [
    'slice',
    listOf(
      having([
        ['column', isText],
        ['operator', among('=', '>=', '<=', '>', '<')],
        ['value', (value) => isText(value) || isNumber(value)],
      ]),
    ),
  ],
  ['direction', among('>=', '<=')],
  ['target', isNumber],
  ['why', isText],
]);

const isPlan = having([
  ['learner', isText],
  ['hyperparameters', (value) => isRecord(value) && Object.values(value).every((one) => isText(one) || isNumber(one) || isFlag(one))],
  ['seed', isNumber],
  ['engine', among(...engines)],
]);

const isRun = having([
  ['id', isRunId],
  ['number', isCount],
  ['plan', isPlan],
  ['version', isCount],
  ['table', isHash],
  ['split', isHash],
  ['recipe', isHash],
  ['model', isHash],
  ['backend', isText],
  ['scores', isHash],
  ['report', isHash],
  ['test', orNull(isHash)],
  ['crossValidated', isFlag],
  ['asked', isText],
  ['preparation', orNull(isRecord)],
]);

const isModel = having([
  ['number', isCount],
  ['run', isRunId],
  ['model', isHash],
  ['package', orNull(isHash)],
]);

const isWatch = having([
  ['number', isCount],
  ['name', isText],
  ['batch', isHash],
  ['rows', isCount],
  ['drift', isHash],
  ['model', orNull(isCount)],
]);

const isState: Check = having([
  ['schema', among(1)],
  ['question', isQuestion],
  ['versions', listOf(isVersion)],
  ['inHand', orNull(isCount)],
  ['splitChoice', isSplitChoice],
  ['split', orNull(isHash)],
  ['criteria', listOf(isCriterion)],
  ['gate', among('value', 'bound')],
  ['threshold', isNumber],
  ['runs', listOf(isRun)],
  ['models', listOf(isModel)],
  ['champion', orNull(isCount)],
  ['challenger', orNull(isCount)],
  ['watches', listOf(isWatch)],
]);

const isHead = having([
  ['name', isText],
  ['sequence', isCount],
  ['at', isCount],
  ['undo', listOf(isCount)],
  ['redo', listOf(isCount)],
  ['created', isInstant],
  ['changed', isInstant],
  ['sample', orNull(isText)],
]);

const isEvent = having([
  ['sequence', isCount],
  ['at', isInstant],
  ['kind', among(...eventKinds)],
  ['detail', isRecord],
  ['state', orNull(isState)],
]);

const isStone = having([
  ['artifact', isHash],
  ['at', isInstant],
  ['what', among('version', 'rows')],
]);

/** What `project.json` of a backup holds. Backups made before there were tombstones lack `buried`. */
export interface BackedUpProject {
  readonly head: ProjectHead;
  readonly events: readonly ProjectEvent[];
  readonly buried: readonly Omit<Tombstone, 'project'>[];
}

/** @throws TypeError when the value is not a project with a gapless log and pointers to states that are there */
export function checkedProject(value: unknown): BackedUpProject {
  if (!isRecord(value) || !isHead(value.head) || !listOf(isEvent)(value.events)) throw new TypeError('not a project');
  const { head, events } = value as unknown as { head: ProjectHead; events: ProjectEvent[] };
  const isPointer = (at: number): boolean => at === 0 || (events[at - 1]?.state ?? null) !== null;
  const isGapless = events.length === head.sequence && events.every((event, i) => event.sequence === i + 1);
  if (!isGapless || ![head.at, ...head.undo, ...head.redo].every(isPointer)) throw new TypeError('not a log');
  const buried = Object.hasOwn(value, 'buried') ? value.buried : [];
  if (!listOf(isStone)(buried)) throw new TypeError('not tombstones');
  return { head, events, buried: (buried as { artifact: Hash; at: number; what: Tombstone['what'] }[]).map(({ artifact, at, what }) => ({ artifact, at, what })) };
}
