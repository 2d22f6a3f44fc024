/**
 * @file Which engine trains a plan: the one asked for, or the fastest that a probe on this device finds to be right. Measured, noted, never hashed;
 * remembered per browser, adapter and size of plan.
 */

import { adapterName, describeEngine, raceEngines } from '../jobs/probing';
import type { ProbeRow } from '../../workers/probing/api';
import { keepText, keptText, saidBy } from './keepsake';
import { Problem } from './problem';
import { foretold } from './rates';
import type { TableBody } from '../domain/data/tableManifest';
import { engineChances, type Cost, type TrainingSize } from '../domain/modelling/cost';
import { kernelsRun } from '../domain/modelling/kernelsRun';
import type { Engine, Plan } from '../domain/modelling/learner';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { RefusalValue } from '../domain/refusal';

export interface ChosenEngine {
  readonly engine: Engine;
  readonly adapter: string | null;
  /** How each engine did; null when none was asked. */
  readonly table: readonly ProbeRow[] | null;
  /** It was measured before, and is remembered. */
  readonly remembered?: boolean;
}

/** A guess at the number of features before a recipe is fitted: one a number, eight a category. */
export const guessedFeatures = (table: TableBody): number =>
  Math.max(4, Math.min(512, table.columns.reduce((sum, { type }) => sum + (type === 'category' ? 8 : type === 'date' ? 6 : type === 'text' || type === 'identifier' ? 0 : 1), 0)));

/** The engine of a learner where nothing is measured: our kernels, or their twins where there is no SIMD. */
export const ownEngine = (): Engine => (kernelsRun() ? 'native' : 'plain');

const place = 'engines';
/** The newest answers are kept. */
const most = 40;

interface Remembered {
  readonly key: string;
  readonly chosen: ChosenEngine;
}

/** What a stored text says; nothing where it is not one of ours. */
export function rememberedFrom(text: string | null): readonly Remembered[] {
  const value = saidBy(text);
  return Array.isArray(value) ? (value as Partial<Remembered>[]).filter((one): one is Remembered => typeof one?.key === 'string' && typeof one.chosen?.engine === 'string') : [];
}

const remembered = (): readonly Remembered[] => rememberedFrom(keptText(place));
const remember = (one: Remembered): void => void keepText(place, JSON.stringify([one, ...remembered().filter(({ key }) => key !== one.key)].slice(0, most)));

/** What the cost model says before anything is started. */
export interface Prospects {
  /** Worth a race, our own first: it is the one to beat, and always there. */
  readonly hopeful: readonly Engine[];
  readonly others: readonly ProbeRow[];
}

/** @param able engines that can train the plan, our own among them */
export function prospectsOf(able: readonly Engine[], cost: Cost): Prospects {
  const own = ownEngine();
  // The twins are for browsers without SIMD: beside the kernels they never win.
  const rivals = able.filter((engine) => engine !== 'plain' || own === 'plain');
  const chances = engineChances(cost, rivals);
  const hopeful = [own, ...chances.filter((engine) => engine !== own)];
  return { hopeful, others: able.filter((engine) => !hopeful.includes(engine)).map((engine) => ({ engine, ok: false, reason: 'noChance', msPerStep: null })) };
}

/**
 * The engine for a plan. Only `auto` measures, and only where another engine than our own has a chance.
 * @param coded some feature holds categories as codes
 * @param again measures although an answer is remembered
 * @throws Problem engineUnavailable, engineLacksSetting { engine, setting, value }, engineLacksCategories { engine }
 */
export async function engineFor(asked: Engine | 'auto', plan: Omit<Plan, 'engine'>, size: TrainingSize, coded = false, again = false): Promise<ChosenEngine> {
  const described = describedLearner(plan.learner);
  if (described === undefined) throw new Problem({ code: 'unknownLearner', details: { learner: plan.learner } });
  const lacking = (engine: Engine): RefusalValue | null => {
    const setting = described.lacks?.(engine, plan.hyperparameters) ?? null;
    if (setting !== null) return { code: 'engineLacksSetting', details: { engine, setting, value: String(plan.hyperparameters[setting]) } };
    return coded && engine !== 'native' && engine !== 'plain' ? { code: 'engineLacksCategories', details: { engine } } : null;
  };
  if (asked !== 'auto') {
    // A learner that knows no such engine runs on our own, whatever the others of a set run on.
    if (!described.engines.includes(asked)) return { engine: described.engines.includes(ownEngine()) ? ownEngine() : described.engines[0]!, adapter: null, table: null };
    const refused = lacking(asked);
    if (refused !== null) throw new Problem(refused);
    // These run wherever the app does.
    if (asked === 'plain' || asked === 'cpu' || (asked === 'native' && kernelsRun())) return { engine: asked, adapter: null, table: null };
    const answer = await describeEngine(asked);
    if (answer.kind === 'refused') throw new Problem(answer.refusal);
    return { engine: asked, adapter: answer.adapter, table: null };
  }
  const able = described.engines.filter((engine) => (engine !== 'native' || kernelsRun()) && lacking(engine) === null);
  if (!able.includes(ownEngine())) return { engine: described.engines[0]!, adapter: null, table: null };
  const cost = described.cost(plan.hyperparameters, size);
  const { hopeful, others } = prospectsOf(able, cost);
  if (hopeful.length === 1) return { engine: hopeful[0]!, adapter: null, table: others.length > 0 ? [{ engine: hopeful[0]!, ok: true, reason: null, msPerStep: null }, ...others] : null };
  const key = [navigator.userAgent, await adapterName(), plan.learner, Math.round(Math.log2(cost.operations / Math.max(1, cost.steps))), hopeful.join()].join(' | ');
  const known = again ? undefined : remembered().find((one) => one.key === key);
  if (known !== undefined) return { ...known.chosen, remembered: true };
  const predicted = foretold(plan.learner, hopeful[0]!, cost);
  const probe = await raceEngines({ plan: { ...plan, engine: hopeful[0]! }, kind: size.classes === 0 ? 'regression' : 'classification', classes: size.classes, features: size.features, rows: size.rows, engines: hopeful, predicted });
  const chosen: ChosenEngine = { engine: probe.engine, adapter: probe.adapter, table: [...probe.table, ...others] };
  remember({ key, chosen });
  return chosen;
}
