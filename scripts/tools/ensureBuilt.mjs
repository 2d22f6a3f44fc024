/** @file Builds the app when `dist` is absent or was built from other sources. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { sourcesHash } from './sourcesHash.mjs';

export const dist = join(root, 'dist');
const workshop = join(root, 'node_modules/.perennial');

/** The configuration is TypeScript without file extensions, as everywhere here: nothing that vite need warn about. */
export const buildEnvironment = { NODE_ENV: 'production', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };

/** What the build in `folder` says about itself, or null where there is none. */
export function builtAs(folder = dist) {
  try {
    const { app, version, build } = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'));
    return existsSync(join(folder, 'index.html')) ? { app, version, build } : null;
  } catch {
    return null;
  }
}

/**
 * Makes `dist` the build of the sources as they are now. The build grows in a folder of its own and takes dist's place when it is whole,
 * so that a server never hands out half of one; two callers at once wait for each other.
 * @returns {Promise<{app: string, version: string, build: string}>}
 * @throws {Error} when the build fails; its messages are on stderr
 */
export async function ensureBuilt() {
  const current = () => builtAs()?.build === sourcesHash(root);
  if (current()) return builtAs();
  mkdirSync(workshop, { recursive: true });
  const lock = join(workshop, 'building');
  while (!taken(lock)) await new Promise((resolve) => setTimeout(resolve, 250));
  try {
    if (current()) return builtAs();
    const fresh = join(workshop, 'dist');
    rmSync(fresh, { recursive: true, force: true });
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const outcome = spawnSync(process.execPath, [vite, 'build', '--outDir', fresh, '--emptyOutDir'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...buildEnvironment },
    });
    if (outcome.status !== 0) throw new Error('the build failed; its messages are above');
    rmSync(dist, { recursive: true, force: true });
    try {
      renameSync(fresh, dist);
    } catch {
      cpSync(fresh, dist, { recursive: true }); // node_modules may lie on another disk
    }
    return builtAs();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Takes the lock, a folder, since making one is atomic everywhere. One older than ten minutes was left by a process that died. */
function taken(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const info = statSync(lock, { throwIfNoEntry: false });
    if (info && Date.now() - info.mtimeMs > 600_000) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
