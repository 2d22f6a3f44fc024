/** @file Principal components: the directions in which rows differ most. Exact by the covariance matrix, or by random projections where rows are wide. */

import { seeded } from '../../src/domain/random';
import { checkFeatures } from '../training/examplesCheck';
import { nativeScatter } from './clusterNative';
import { symmetricEigen } from './symmetricEigen';

type Breathe = () => Promise<void> | undefined;

export interface ComponentsPlan {
  /** How many; at most the number of features, and one less than the rows. */
  readonly components: number;
  readonly engine: 'native' | 'plain';
  /** For random projections; a whole number from 1 on. */
  readonly seed: number;
  /** `auto` unless said: random projections from 512 features on, when fewer than a quarter of them are asked for. */
  readonly solver?: 'auto' | 'exact' | 'randomised';
}

export interface PrincipalComponents {
  /** components × features, row-major, each of length 1, its number of largest size positive (scikit-learn's `svd_flip`). */
  readonly components: Float64Array;
  readonly means: Float64Array;
  /** Variance along each component (over rows − 1), from the largest on. */
  readonly variances: Float64Array;
  /** Share of each in the variance of all features; zeros where nothing varies. */
  readonly shares: Float64Array;
}

/** Adds up (x − mean)(x − mean)ᵀ of rows. */
export interface Scatter {
  add(from: number, to: number): void;
  /** features × features; the lower triangle is filled. */
  sums(): Float64Array;
}

/** Multiplications of a slice. */
const perSlice = 4e6;
const wideFrom = 512;

/**
 * @param x rows × features, row-major, finite; at least two rows. Both engines give the same bits.
 * @throws RangeError for numbers that are not finite, and for more components than there can be
 */
export async function principalComponents(x: Float32Array, rows: number, features: number, plan: ComponentsPlan, breathe: Breathe = () => undefined): Promise<PrincipalComponents> {
  const { components: count, engine, seed, solver = 'auto' } = plan;
  checkFeatures(x, rows, features);
  if (!(count >= 1 && count <= Math.min(features, rows - 1))) throw new RangeError(`${rows} rows of ${features} features have no ${count} components`);
  const means = new Float64Array(features);
  for (let i = 0, at = 0; i < rows; i++) for (let f = 0; f < features; f++, at++) means[f]! += x[at]!;
  for (let f = 0; f < features; f++) means[f]! /= rows;
  let total = 0;
  for (let i = 0, at = 0; i < rows; i++) for (let f = 0; f < features; f++, at++) total += (x[at]! - means[f]!) ** 2;
  const randomised = solver === 'randomised' || (solver === 'auto' && features >= wideFrom && count < features / 4);
  const found = randomised ? await projectedEigen({ x, rows, features, means }, count, seed, breathe) : await covarianceEigen({ x, rows, features, means }, engine, breathe);
  const components = found.vectors.slice(0, count * features);
  for (let c = 0; c < count; c++) flip(components.subarray(c * features, (c + 1) * features));
  // Rounding may leave a little less than nothing where nothing varies.
  const variances = found.values.slice(0, count).map((value) => Math.max(0, value) / (rows - 1));
  return { components, means, variances, shares: variances.map((variance) => (total > 0 ? (variance * (rows - 1)) / total : 0)) };
}

/** The rows along the components: rows × components, row-major. */
export function alongComponents({ components, means, variances }: PrincipalComponents, x: Float32Array, rows: number): Float64Array {
  const features = means.length;
  const width = variances.length;
  checkFeatures(x, rows, features);
  const along = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let f = 0; f < features; f++) sum += (x[i * features + f]! - means[f]!) * components[c * features + f]!;
      along[i * width + c] = sum;
    }
  return along;
}

interface Centred {
  readonly x: Float32Array;
  readonly rows: number;
  readonly features: number;
  readonly means: Float64Array;
}

interface Found {
  /** Eigenvalues of the scatter matrix. */
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

async function covarianceEigen({ x, rows, features, means }: Centred, engine: 'native' | 'plain', breathe: Breathe): Promise<Found> {
  const scatter = engine === 'native' ? await nativeScatter(x, rows, features, means) : plainScatter(x, features, means);
  const slice = Math.max(4, Math.floor(perSlice / (features * features)));
  for (let from = 0; from < rows; from += slice) {
    scatter.add(from, Math.min(rows, from + slice));
    await breathe();
  }
  return symmetricEigen(scatter.sums(), features, breathe);
}

function plainScatter(x: Float32Array, features: number, means: Float64Array): Scatter {
  const sums = new Float64Array(features * features);
  const row = new Float64Array(features);
  return {
    add(from, to) {
      for (let i = from; i < to; i++) {
        for (let f = 0; f < features; f++) row[f] = x[i * features + f]! - means[f]!;
        for (let f = 0; f < features; f++) for (let g = 0; g <= f; g++) sums[f * features + g]! += row[f]! * row[g]!;
      }
    },
    sums: () => sums,
  };
}

/** Randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1): 10 more directions than asked for, 7 rounds. */
async function projectedEigen(centred: Centred, count: number, seed: number, breathe: Breathe): Promise<Found> {
  const { rows, features } = centred;
  const random = seeded(seed);
  const width = Math.min(count + 10, features, rows);
  // Directions as rows. Uniform numbers: a normal one needs a logarithm, whose bits are the browser's.
  let basis: Float64Array = Float64Array.from({ length: width * features }, () => 2 * random.next() - 1);
  for (let round = 0; round < 7; round++) {
    orthonormalise(basis, width, features);
    basis = await scattered(centred, basis, width, breathe);
  }
  orthonormalise(basis, width, features);
  // The scatter matrix within the basis is small, and its eigenvectors turn the basis into components.
  const image = await scattered(centred, basis, width, breathe);
  const small = new Float64Array(width * width);
  for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) for (let f = 0; f < features; f++) small[a * width + b]! += basis[a * features + f]! * image[b * features + f]!;
  const { values, vectors } = await symmetricEigen(small, width, breathe);
  const turned = new Float64Array(width * features);
  for (let c = 0; c < width; c++) for (let a = 0; a < width; a++) for (let f = 0; f < features; f++) turned[c * features + f]! += vectors[c * width + a]! * basis[a * features + f]!;
  return { values, vectors: turned };
}

/** Each direction times the scatter matrix, without the matrix. */
async function scattered({ x, rows, features, means }: Centred, basis: Float64Array, width: number, breathe: Breathe): Promise<Float64Array> {
  const image = new Float64Array(width * features);
  const row = new Float64Array(features);
  for (let i = 0; i < rows; i++) {
    for (let f = 0; f < features; f++) row[f] = x[i * features + f]! - means[f]!;
    for (let c = 0; c < width; c++) {
      const start = c * features;
      let along = 0;
      for (let f = 0; f < features; f++) along += row[f]! * basis[start + f]!;
      for (let f = 0; f < features; f++) image[start + f]! += along * row[f]!;
    }
    await breathe();
  }
  return image;
}

/** Gram–Schmidt, twice over, so that the rows are orthogonal to rounding; a row that depends on those before becomes zero. */
function orthonormalise(basis: Float64Array, width: number, features: number): void {
  for (let c = 0; c < width; c++) {
    const own = basis.subarray(c * features, (c + 1) * features);
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++) {
      for (let b = 0; b < c; b++) {
        const other = basis.subarray(b * features, (b + 1) * features);
        const along = dot(own, other);
        for (let f = 0; f < features; f++) own[f]! -= along * other[f]!;
      }
    }
    const size = Math.sqrt(dot(own, own));
    const factor = size > 1e-12 * before ? 1 / size : 0;
    for (let f = 0; f < features; f++) own[f]! *= factor;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += a[f]! * b[f]!;
  return sum;
}

function flip(component: Float64Array): void {
  let largest = 0;
  for (const value of component) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let f = 0; f < component.length; f++) component[f] = -component[f]!;
}
