import { describe, expect, it } from 'vitest';
import { minimum, type Descent, type Objective } from '../../../../workers/training/minimum';

const fresh = (size: number): Descent => ({ point: new Float64Array(size), iteration: 0, steps: [], changes: [] });
const quiet = { tolerance: 1e-9, maxIterations: 500, afterIteration: async () => false };

/** Σ cₖ (xₖ − k)² / 2 with curvatures from 1 to 10,000. */
const bowl: Objective = async (point, gradient) => {
  let value = 0;
  for (let k = 0; k < point.length; k++) {
    const curvature = 10 ** ((4 * k) / (point.length - 1));
    gradient[k] = curvature * (point[k]! - k);
    value += (curvature * (point[k]! - k) ** 2) / 2;
  }
  return value;
};

describe('the minimum', () => {
  it('of a badly scaled bowl is its centre', async () => {
    const found = await minimum(bowl, fresh(12), quiet);
    expect(found.converged).toBe(true);
    expect(found.gradientNorm).toBeLessThanOrEqual(1e-9);
    found.point.forEach((value, k) => expect(Math.abs(value - k)).toBeLessThan(1e-8));
  });

  it('of Rosenbrock’s valley is found though it is not convex', async () => {
    const valley: Objective = async (p, g) => {
      const [x, y] = [p[0]!, p[1]!];
      g[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      g[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    };
    const { point, converged } = await minimum(valley, { ...fresh(2), point: Float64Array.of(-1.2, 1) }, quiet);
    expect(converged).toBe(true);
    expect(Math.max(Math.abs(point[0]! - 1), Math.abs(point[1]! - 1))).toBeLessThan(1e-8);
  });

  it('never goes up, and tells each iteration once', async () => {
    const values: number[] = [];
    const found = await minimum(bowl, fresh(12), { ...quiet, afterIteration: async (_, value) => values.push(value) < 0 });
    expect(values.length).toBe(found.iterations);
    for (let i = 1; i < values.length; i++) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
  });

  it('ends after the iterations it was given, or when told', async () => {
    expect(await minimum(bowl, fresh(12), { ...quiet, maxIterations: 3 })).toMatchObject({ iterations: 3, converged: false });
    expect(await minimum(bowl, fresh(12), { ...quiet, afterIteration: async () => true })).toMatchObject({ iterations: 1, converged: false });
  });

  it('takes no step where it starts at the minimum', async () => {
    expect(await minimum(bowl, { ...fresh(3), point: Float64Array.of(0, 1, 2) }, quiet)).toMatchObject({ iterations: 0, converged: true });
  });

  it('ends without a promise where the value is not finite', async () => {
    const broken: Objective = async (_, gradient) => (gradient.fill(NaN), NaN);
    expect((await minimum(broken, fresh(2), quiet)).converged).toBe(false);
  });
});
