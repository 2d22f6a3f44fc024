/** @file Whether a run tells classes or estimates a number: what its learner is called depends on it. Read once from each model. */

import { isRunStale } from './stageState';
import type { OpenProject } from './project.svelte';
import { taskKindIn } from './taskKindIn';
import type { Json } from '../domain/canonical';
import type { Task } from '../domain/modelling/task';
import type { Hash } from '../domain/pipeline/digest';
import type { Run } from '../domain/pipeline/project';

class TaskKinds {
  readonly #project: OpenProject;
  readonly #asked = new Set<Hash>();
  #known = $state.raw<ReadonlyMap<Hash, Task['kind']>>(new Map());

  constructor(project: OpenProject) {
    this.#project = project;
  }

  of({ model }: Run): Task['kind'] | null {
    const known = this.#known.get(model);
    if (known === undefined && !this.#asked.has(model)) {
      this.#asked.add(model);
      // A model whose bytes are gone keeps the name of its learner's family: nothing else hangs on it.
      this.#project.artifact<Json>(model).then(
        ({ body }) => {
          const kind = taskKindIn(body);
          if (kind !== null) this.#known = new Map(this.#known).set(model, kind);
        },
        () => undefined,
      );
    }
    return known ?? this.#project.state.question.task;
  }
}

const known = new WeakMap<OpenProject, TaskKinds>();

function kindsOf(project: OpenProject): TaskKinds {
  const found = known.get(project);
  if (found !== undefined) return found;
  let made!: TaskKinds;
  // Under a root of its own: what is made within a derived value is not followed by it, and the first to ask may be one.
  $effect.root(() => void (made = new TaskKinds(project)));
  known.set(project, made);
  return made;
}

/** What a run predicts; until its model was read, what the question says of it, which may be nothing. Followed by the view that asks. */
export const taskKindOf = (project: OpenProject, run: Run): Task['kind'] | null => kindsOf(project).of(run);

/** What is being learnt now: as the latest run on the data in hand, else as the question says; null where neither tells. */
export function taskKindInHand(project: OpenProject): Task['kind'] | null {
  const run = project.state.runs.findLast((one) => !isRunStale(project, one));
  return run === undefined ? project.state.question.task : taskKindOf(project, run);
}
