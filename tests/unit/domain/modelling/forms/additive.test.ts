import { describe, expect, it } from 'vitest';
import { additiveForm, cellOf, cellsOf, type AdditiveModel, type Axis } from '../../../../../src/domain/modelling/forms/additive';
import { learntModel, parametersIn, storedForm, type ModelBody } from '../../../../../src/domain/modelling/modelManifest';
import { axes, edgeRows, randomAdditive } from '../additiveModels';

/** The cell by the definition: 1 + the number of edges below the value, or the cell of the code. */
function slowCell(axis: Axis, value: number): number {
  if (Number.isNaN(value)) return 0;
  if (axis.kind === 'number') return 1 + [...axis.edges].filter((edge) => edge < value).length;
  const place = [...axis.codes].indexOf(value);
  return place < 0 ? 0 : axis.cells[place]!;
}

describe('the additive form', () => {
  it('finds the cell of every value, at edges, beside them, of unknown categories and of what is missing', () => {
    const x = edgeRows(2000);
    for (const axis of Object.values(axes)) {
      for (let row = 0; row < 2000; row++) expect([x[row * 5 + axis.feature], cellOf(axis, x[row * 5 + axis.feature]!)]).toEqual([x[row * 5 + axis.feature], slowCell(axis, x[row * 5 + axis.feature]!)]);
    }
    expect(cellOf(axes.number, 2)).toBe(4);
    expect(cellOf(axes.number, 2.0001)).toBe(5);
    expect([cellOf(axes.number, -0), cellOf(axes.number, 0)]).toEqual([2, 2]);
    expect([Infinity, -Infinity].map((value) => cellOf(axes.number, value))).toEqual([6, 1]);
    expect(Object.values(axes).map(cellsOf)).toEqual([7, 4, 5, 2, 1]);
  });

  it('answers with intercept plus the scores of the cells', () => {
    for (const [output, outputs, classes] of [
      ['sigmoid', 1, 2],
      ['softmax', 3, 3],
      ['identity', 1, 0],
    ] as const) {
      const model = randomAdditive(output, outputs);
      const rows = 700;
      const x = edgeRows(rows);
      const answers = additiveForm.forward(model, classes, x, rows);
      for (let row = 0; row < rows; row++) {
        const sums = Array.from({ length: outputs }, (_, k) =>
          model.terms.reduce((sum, { axes: own, scores }) => {
            const cell = own.reduce((at, axis) => at * cellsOf(axis) + slowCell(axis, x[row * 5 + axis.feature]!), 0);
            return sum + scores[cell * outputs + k]!;
          }, model.intercept[k]!),
        );
        const powers = sums.map((sum) => Math.exp(sum));
        const total = powers.reduce((a, b) => a + b);
        const expected = output === 'identity' ? sums : output === 'sigmoid' ? [1 / (1 + powers[0]!), powers[0]! / (1 + powers[0]!)] : powers.map((power) => power / total);
        expected.forEach((value, k) => expect(answers[row * expected.length + k]).toBeCloseTo(value, 12));
      }
    }
  });

  it('comes back from structure and bytes as it was, and counts its numbers', () => {
    for (const model of [randomAdditive('softmax', 3), { ...randomAdditive('identity', 1), terms: [] }] as AdditiveModel[]) {
      const { bytes, ...stored } = storedForm(model);
      const body = { ...(JSON.parse(JSON.stringify(stored)) as typeof stored), facts: model.facts } as ModelBody;
      expect(learntModel(body, bytes)).toEqual(model);
      expect(parametersIn(body)).toBe(model.outputs + model.terms.reduce((sum, { scores }) => sum + scores.length, 0));
    }
  });

  it('refuses arrays that do not fit', () => {
    const { structure, arrays } = additiveForm.taken(randomAdditive('sigmoid', 1));
    expect(() => additiveForm.made(structure, arrays.slice(1), {})).toThrow(RangeError);
    expect(() => additiveForm.made(structure, [...arrays, new Float32Array(1)], {})).toThrow(RangeError);
    // The last axis names more cells than the term has.
    const wider = arrays.map((array) => (array instanceof Uint8Array && array.length === 4 ? Uint8Array.of(1, 2, 3, 9) : array));
    expect(() => additiveForm.made(structure, wider, {})).toThrow(/cells of a term/);
    expect(() => additiveForm.forward(randomAdditive('sigmoid', 1), 2, new Float32Array(4), 1)).toThrow(RangeError);
  });

  it('names its tensors, each as large as its shape says', () => {
    const tensors = additiveForm.tensors(randomAdditive('softmax', 3));
    expect(tensors[0]).toMatchObject({ name: 'intercept', shape: [3] });
    expect(new Set(tensors.map(({ name }) => name)).size).toBe(tensors.length);
    for (const { shape, data } of tensors) expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
    expect(tensors.find(({ name }) => name === 'terms.5.scores')?.shape).toEqual([7, 4, 3]);
  });
});
