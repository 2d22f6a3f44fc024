/** @file What is being predicted: the task, its classes in order, and which of them counts as positive. */

export type Task =
  | {
      readonly kind: 'classification';
      readonly target: string;
      readonly classes: readonly string[];
      /** Index of the positive class when there are two; otherwise null. */ readonly positive: number | null;
    }
  | { readonly kind: 'regression'; readonly target: string };

/** Classification, split by the number of classes, as metrics see it. */
export type TaskShape = 'binary' | 'multiclass' | 'regression';

export const shapeOf = (task: Task): TaskShape => (task.kind === 'regression' ? 'regression' : task.classes.length === 2 ? 'binary' : 'multiclass');

/** Whether a task has a decision threshold: only two classes of which one is positive have. */
export const hasThreshold = (task: Task): boolean => task.kind === 'classification' && task.positive !== null;
