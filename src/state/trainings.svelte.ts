/** @file Trainings of the open project: begun side by side, watched while they run, offered again when they were cut off. */

import { begunTrainings, type BegunTraining } from './begunTrainings';
import { LiveCurves } from './liveCurves.svelte';
import { onePer } from './onePer';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { rooted } from './rooted.svelte';
import { dropBegun, trainRun, type TrainingChoice } from './training';
import { interruptedSteps } from '../storage/checkpoints';
import { usualLearners } from '../domain/modelling/learners/registry';
import type { Hash } from '../domain/pipeline/digest';
import type { Run } from '../domain/pipeline/project';
import type { RefusalValue } from '../domain/refusal';

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
      return await trainRun(this.#project, {
        ...choice,
        begun: (begun) => {
          key = begun;
          this.#underWay.add(begun);
          this.#interrupted = this.#interrupted.filter((training) => training.key !== begun);
        },
        progress: (report) => {
          // The job was given this very report before we were.
          const job = this.#project.jobs.running.find((running) => running.progress === report);
          if (job === undefined) return;
          jobs.add(job.id);
          this.curves.add(job.id, report);
        },
      });
    } catch (error) {
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

  /** Every usual learner with a beginner's settings, side by side. Each ends on its own. */
  trainAll(seed: number): readonly Promise<Run>[] {
    return usualLearners.map((learner) => this.train({ learner, hyperparameters: {}, seed, engine: 'auto', balanced: false }));
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
    dropBegun(this.#project, training.key);
    await this.look();
  }
}

/** The trainings of a project, the same for every view of it. */
export const trainingsOf = onePer((project) => rooted(() => new Trainings(project)));
