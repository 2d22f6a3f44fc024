/** @file Trainings of the open project: begun side by side, watched while they run, offered again when they were cut off. */

import { begunTrainings, forgetBegun, noteBegun, type BegunTraining } from './begunTrainings';
import { currentSplit, demandVersion } from './data';
import { LiveCurves } from './liveCurves.svelte';
import { currentRecipe, planOf, trainRun, type TrainingChoice } from './modelling';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { Aborted } from '../jobs/remote';
import { interruptedSteps } from '../storage/checkpoints';
import type { Json } from '../domain/canonical';
import type { Engine } from '../domain/modelling/learner';
import { learnerDescriptions } from '../domain/modelling/learners/registry';
import type { Hash } from '../domain/pipeline/digest';
import { stepKey } from '../domain/pipeline/step';
import type { Run } from '../domain/pipeline/project';
import type { RefusalValue } from '../domain/refusal';

/** Whether a training is over for good: thrown away, or impossible. One that broke off (a lost device, a full store, a dead worker) can go on. */
const isFinal = (error: unknown): boolean =>
  error instanceof Aborted || (error instanceof Problem && error.refusal.code !== 'deviceLost' && !error.refusal.code.startsWith('storage'));

export class Trainings {
  readonly curves = new LiveCurves();
  readonly #project: OpenProject;
  readonly #underWay = new Set<Hash>();
  /** Trainings that were asked for and have not ended, by their learner. Before its worker starts, one has no job yet. */
  #pending = $state.raw<readonly string[]>([]);
  #interrupted = $state.raw<readonly BegunTraining[]>([]);
  #problem = $state.raw<{ readonly learner: string; readonly refusal: RefusalValue } | null>(null);

  constructor(project: OpenProject) {
    this.#project = project;
  }

  get pending(): readonly string[] {
    return this.#pending;
  }
  /** Trainings of the version in hand that were cut off and left a checkpoint. */
  get interrupted(): readonly BegunTraining[] {
    return this.#interrupted;
  }
  /** Why the last training came to nothing; null once another is begun. */
  get problem(): { readonly learner: string; readonly refusal: RefusalValue } | null {
    return this.#problem;
  }

  /** Trains one learner and keeps the run. Asked again with the same choice, a training that was cut off goes on. @throws Problem, Aborted */
  async train(choice: TrainingChoice): Promise<Run> {
    this.#problem = null;
    this.#pending = [...this.#pending, choice.learner];
    const jobs = new Set<number>();
    let key: Hash | undefined;
    try {
      key = await this.#begin(choice);
      const run = await trainRun(this.#project, {
        ...choice,
        progress: (report) => {
          // The job was given this very report before we were.
          const job = this.#project.jobs.running.find((running) => running.progress === report);
          if (job === undefined) return;
          jobs.add(job.id);
          this.curves.add(job.id, report);
        },
      });
      this.#end(key);
      return run;
    } catch (error) {
      if (key !== undefined && isFinal(error)) this.#end(key);
      if (error instanceof Problem) this.#problem = { learner: choice.learner, refusal: error.refusal };
      throw error;
    } finally {
      const at = this.#pending.indexOf(choice.learner);
      this.#pending = this.#pending.filter((_, index) => index !== at);
      if (key !== undefined) this.#underWay.delete(key);
      jobs.forEach((job) => this.curves.forget(job));
      await this.look();
    }
  }

  /** Every learner with a beginner's settings, side by side. Each ends on its own. */
  trainAll(seed: number, engine: Engine): readonly Promise<Run>[] {
    return learnerDescriptions.map(({ name }) => this.train({ learner: name, hyperparameters: {}, seed, engine, balanced: false }));
  }

  /** Finds the trainings of the version in hand that were cut off. */
  async look(): Promise<void> {
    const { id, database, state } = this.#project;
    const begun = begunTrainings(id).filter(({ key, version }) => version === state.inHand && !this.#underWay.has(key));
    if (begun.length === 0) {
      this.#interrupted = [];
      return;
    }
    const left = new Set(await interruptedSteps(database));
    this.#interrupted = begun.filter(({ key }) => left.has(key));
  }

  /** Takes an offer back: it is not wanted. */
  async decline(training: BegunTraining): Promise<void> {
    forgetBegun(this.#project.id, training.key);
    await this.look();
  }

  async #begin({ progress: _progress, ...choice }: TrainingChoice): Promise<Hash> {
    const plan = planOf(choice);
    const split = await currentSplit(this.#project);
    const version = demandVersion(this.#project.state);
    const recipe = await currentRecipe(this.#project, split.id, choice);
    const key = await stepKey({
      op: 'train',
      params: { plan, balanced: choice.balanced } as unknown as Json,
      inputs: { table: version.table, split: split.id, recipe: recipe.record.output },
    });
    this.#underWay.add(key);
    noteBegun(this.#project.id, { key, version: version.number, choice });
    this.#interrupted = this.#interrupted.filter((training) => training.key !== key);
    return key;
  }

  #end(key: Hash): void {
    forgetBegun(this.#project.id, key);
  }
}

const known = new WeakMap<OpenProject, Trainings>();

/** The trainings of a project, the same for every view of it. */
export function trainingsOf(project: OpenProject): Trainings {
  const found = known.get(project);
  if (found !== undefined) return found;
  let made!: Trainings;
  // Under a root of its own: what is made within a derived value is not followed by it, and the first to ask may be one.
  $effect.root(() => void (made = new Trainings(project)));
  known.set(project, made);
  return made;
}
