/** @file The command line of `lifecycle`. */
import { describe, expect, it } from 'vitest';
import { lifecycleRequest } from '../../../../scripts/tools/lifecycleRequest.mjs';
import { callersFolder } from '../../../../scripts/tools/place.mjs';

describe('the request for the page', () => {
  it('has a default for everything but data and target', () => {
    expect(lifecycleRequest(['--data', 'in/a.csv', '--target', 'y'], '/home/p')).toEqual({
      json: false,
      data: '/home/p/in/a.csv',
      batch: null,
      out: null,
      profile: null,
      request: {
        target: 'y',
        task: null,
        criteria: [],
        gate: 'value',
        positive: null,
        group: null,
        exclude: [],
        recipe: {},
        learners: [],
        engine: 'native',
        seed: 1,
        hasBatch: false,
        withRows: false,
        wantFiles: false,
      },
    });
  });

  it('reads every option of the issue', () => {
    const line =
      '--data /d/a.csv --target y --task regression --criterion rmse<=3 --criterion mae<=2 --gate bound --positive >50K --group id --exclude a --exclude b --recipe scaling=robust --recipe rareBelow=5 --learners linear --learners boosting --batch b.csv --engine auto --seed 4294967295 --out o --profile p --json';
    const asked = lifecycleRequest(line.split(' '), '/home/p');
    expect(asked).toMatchObject({ json: true, data: '/d/a.csv', batch: '/home/p/b.csv', out: '/home/p/o', profile: '/home/p/p' });
    expect(asked.request).toEqual({
      target: 'y',
      task: 'regression',
      criteria: ['rmse<=3', 'mae<=2'],
      gate: 'bound',
      positive: '>50K',
      group: 'id',
      exclude: ['a', 'b'],
      recipe: { scaling: 'robust', rareBelow: '5' },
      learners: ['linear', 'boosting'],
      withRows: false,
      engine: 'auto',
      seed: 4294967295,
      hasBatch: true,
      wantFiles: true,
    });
  });

  it.each([
    ['--seed', '0'],
    ['--seed', '4294967296'],
    ['--engine', 'gpu'],
    ['--task', 'clustering'],
    ['--gate', 'high'],
    ['--recipe', 'robust'],
  ])('refuses %s %s', (name, value) => {
    expect(() => lifecycleRequest(['--data', 'a', '--target', 'y', name, value], '/')).toThrow(`${name} must be`);
  });
});

describe("the caller's folder", () => {
  it('is what npm calls INIT_CWD when npm moved us into the package', () => {
    expect(callersFolder({ cwd: '/p', initCwd: '/home/x', packageRoot: '/p' })).toBe('/home/x');
  });
  it('is the working folder when a script is started by hand, even below npm', () => {
    expect(callersFolder({ cwd: '/data', initCwd: '/p', packageRoot: '/p' })).toBe('/data');
    expect(callersFolder({ cwd: '/p', initCwd: undefined, packageRoot: '/p' })).toBe('/p');
  });
});
