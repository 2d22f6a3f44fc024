/** @file Runs the Python peers of the bench. Python is PERENNIAL_PYTHON or python3; nothing is installed for it, and what is absent is said, not failed. */
import { execFile } from 'node:child_process';
import { dirname, resolve as resolved } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Milliseconds, with the version of what took them. */
export interface PeerTime {
  readonly ms: number;
  readonly version: string;
}

/** One thread each, for every library that a peer may use. */
const oneThread = Object.fromEntries(['OMP', 'OPENBLAS', 'MKL', 'NUMEXPR', 'VECLIB'].map((name) => [`${name}_NUM_THREADS`, '1']));

const isTime = (value: unknown): value is PeerTime =>
  typeof value === 'object' && value !== null && Number.isFinite((value as PeerTime).ms) && typeof (value as PeerTime).version === 'string';

/** The peers in what a script printed: its last line, one JSON object. @throws Error when there is none */
export function peersIn(printed: string): Record<string, PeerTime> {
  const line = printed.trimEnd().split('\n').at(-1) ?? '';
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    answer = undefined;
  }
  if (typeof answer !== 'object' || answer === null || !Object.values(answer).every(isTime)) throw new Error(`the peer printed no times: ${line.slice(0, 200)}`);
  return answer as Record<string, PeerTime>;
}

/**
 * Runs `tests/bench/peers/<script>` on one thread.
 * @param python the interpreter
 * @returns the times by the name of the peer; null, with a line on stderr, where Python or a package is not installed
 * @throws Error when the script fails for another reason
 */
export async function pythonPeers(script: string, args: readonly (string | number)[] = [], python = process.env['PERENNIAL_PYTHON'] ?? 'python3'): Promise<Record<string, PeerTime> | null> {
  const path = resolved(dirname(fileURLToPath(import.meta.url)), script);
  return new Promise((resolve, reject) => {
    execFile(python, [path, ...args.map(String)], { env: { ...process.env, ...oneThread }, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const missing = /ModuleNotFoundError: No module named '([^']+)'/.exec(stderr)?.[1];
      if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') console.error(`  ${script}: no Python (${python}); no ratio`);
      else if (error && missing !== undefined) console.error(`  ${script}: ${missing} is not installed for ${python}; no ratio`);
      else if (error) return reject(new Error(`${script}: ${stderr.trim() || error.message}`));
      else {
        try {
          return resolve(peersIn(stdout));
        } catch (problem) {
          return reject(problem as Error);
        }
      }
      resolve(null);
    });
  });
}
