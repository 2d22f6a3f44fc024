/** @file Refuses examples that no learner can work with. Each of these is a bug of the caller, so it is thrown as one. */

import type { Examples, Learner, TrainingInput } from '../../src/domain/modelling/learner';

/** @param takesMissing NaN is allowed. @throws RangeError naming the feature and the row of the first number that is not finite. */
export function checkFeatures(x: Float32Array, rows: number, features: number, takesMissing = false): void {
  if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
  // A finite number times zero is zero, anything else is NaN: one sum finds out whether a closer look is needed.
  // Two sums of several numbers at a time, so that no addition waits long for the one before.
  let [sum, other, i] = [0, 0, 0];
  for (; i + 3 < x.length; i += 4) {
    sum += x[i]! * 0 + x[i + 1]! * 0;
    other += x[i + 2]! * 0 + x[i + 3]! * 0;
  }
  for (; i < x.length; i++) sum += x[i]! * 0;
  if (sum + other === 0) return;
  const at = x.findIndex((value) => !(Number.isFinite(value) || (takesMissing && value !== value)));
  if (at < 0) return;
  throw new RangeError(`feature ${at % features} of row ${Math.floor(at / features)} is ${x[at]}`);
}

/** @throws RangeError for sizes that do not fit, numbers that are not finite, classes outside the task, weights that are negative or all zero. */
export function checkInput(input: TrainingInput, { takesMissing }: Pick<Learner, 'takesMissing'> = { takesMissing: false }): void {
  if (input.train.rows === 0) throw new RangeError('there are no rows to train on');
  if (input.kind === 'classification' ? !(input.classes >= 1) : input.classes !== 0)
    throw new RangeError(`${input.classes} classes do not fit a ${input.kind}`);
  checkExamples(input.train, input.classes, takesMissing);
  checkExamples(input.validation, input.classes, takesMissing);
  if (input.validation.rows > 0 && input.validation.features !== input.train.features) throw new RangeError('training and validation differ in their features');
}

function checkExamples({ rows, features, x, y, weights }: Examples, classes: number, takesMissing: boolean): void {
  checkFeatures(x, rows, features, takesMissing);
  if (y.length !== rows) throw new RangeError(`${rows} rows have ${y.length} targets`);
  for (let i = 0; i < rows; i++) {
    const value = y[i]!;
    if (classes > 0 ? !(Number.isInteger(value) && value >= 0 && value < classes) : !Number.isFinite(value))
      throw new RangeError(`the target of row ${i} is ${value}`);
  }
  if (weights === undefined) return;
  if (weights.length !== rows) throw new RangeError(`${rows} rows have ${weights.length} weights`);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity)) throw new RangeError(`the weight of row ${i} is ${weights[i]}`);
    sum += weights[i]!;
  }
  if (rows > 0 && sum === 0) throw new RangeError('the weights are all zero');
}
