/** @file `npm test`: types, lint, build, unit, browser and journeys, one after the other, and one last line with the sum. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './tools/ensureInstalled.mjs';
import { root } from './tools/place.mjs';
import { vitestCount } from './tools/vitestCount.mjs';

ensureInstalled();
const { findBrowser } = await import('./tools/findBrowser.mjs');
const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
const bin = (path) => join(root, 'node_modules', path);
const environment = { ...process.env, NO_COLOR: '1', CI: '1', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
let child = null;

/** Runs a Node program to its end; whether it succeeded. */
function ran(program, ...args) {
  return new Promise((resolve) => {
    child = spawn(process.execPath, [program, ...args], { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

const one = (succeeded) => ({ passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 });

async function vitest(project) {
  const file = join(folder, `${project}.json`);
  const succeeded = await ran(bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`);
  let report = null;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // a runner that crashed left no report, which counts as a failure
  }
  return vitestCount(report, succeeded);
}

const stages = [
  [
    'types',
    async () => {
      const page = await ran(bin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human');
      const scripts = !existsSync(join(root, 'tsconfig.node.json')) || (await ran(bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.node.json'));
      return one(page && scripts);
    },
  ],
  ['lint', async () => one(await ran(bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'))],
  ['build', async () => one(await ran(bin('vite/bin/vite.js'), 'build'))],
  ['unit', () => vitest('unit')],
  ['browser', () => vitest('browser')],
  ['journeys', () => vitest('journeys')],
];

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    child?.kill(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
}

const sum = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
try {
  try {
    environment.CHROME_PATH = await findBrowser();
  } catch (error) {
    console.log(error.message);
  }
  for (const [name, stage] of stages) {
    console.log(`\n── ${name}`);
    const begun = performance.now();
    const count = environment.CHROME_PATH || (name !== 'browser' && name !== 'journeys') ? await stage() : one(false);
    for (const key of Object.keys(sum)) sum[key] += count[key];
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    lines.push(
      `${name.padEnd(9)}${String(count.passed).padStart(6)} passed, ${count.failed} failed${skipped}, ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    );
    console.log(lines.at(-1));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed > 0 ? 1 : 0);
