/** @file The options of `npm run lifecycle`, and the request that they make for the page. */
import { resolve } from 'node:path';
import { readOptions, wholeNumber } from './options.mjs';

const table = {
  data: { kind: 'value', required: true },
  target: { kind: 'value', required: true },
  task: { kind: 'value', oneOf: ['classification', 'regression'] },
  criterion: { kind: 'list' },
  gate: { kind: 'value', oneOf: ['value', 'bound'], fallback: 'value' },
  positive: { kind: 'value' },
  group: { kind: 'value' },
  exclude: { kind: 'list' },
  recipe: { kind: 'list', accepts: (text) => /^[^=]+=./.test(text), says: 'NAME=VALUE, such as scaling=robust' },
  batch: { kind: 'value' },
  learners: { kind: 'list' },
  engine: { kind: 'value', oneOf: ['native', 'plain', 'cpu', 'wasm', 'webgl', 'webgpu', 'auto'], fallback: 'native' },
  seed: { kind: 'value', fallback: '1', accepts: wholeNumber(1, 4294967295), says: 'a whole number from 1 to 4294967295' },
  out: { kind: 'value' },
  'with-rows': { kind: 'flag' },
  profile: { kind: 'value' },
  json: { kind: 'flag' },
};

/**
 * What a command line of `lifecycle` asks for: paths on this machine, and the request that the page understands.
 * @param {readonly string[]} argv
 * @param {string} folder  where relative paths start
 * @throws {import('./options.mjs').UsageError}
 */
export function lifecycleRequest(argv, folder) {
  const options = readOptions(argv, table);
  const path = (value) => (value === null ? null : resolve(folder, value));
  return {
    json: options.json,
    data: path(options.data),
    batch: path(options.batch),
    out: path(options.out),
    profile: path(options.profile),
    request: {
      target: options.target,
      task: options.task,
      criteria: options.criterion,
      gate: options.gate,
      positive: options.positive,
      group: options.group,
      exclude: options.exclude,
      recipe: Object.fromEntries(options.recipe.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)])),
      learners: options.learners,
      engine: options.engine,
      seed: Number(options.seed),
      hasBatch: options.batch !== null,
      wantFiles: options.out !== null,
      withRows: options['with-rows'],
    },
  };
}
