/** @file Runs `npm ci` when the packages on disk are not those of package-lock.json. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';

/**
 * Whether an installation holds every package of the lock file. npm keeps the list of what it installed in `node_modules/.package-lock.json`;
 * packages for other platforms are optional and may be absent.
 * @param {{packages: Record<string, {version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean}>}} lock
 * @param {{packages: Record<string, {version?: string, integrity?: string}>} | null} installed
 */
export function isInstalled(lock, installed) {
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const present = installed.packages[path];
    if (!present) return Boolean(wanted.optional || wanted.devOptional);
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

/**
 * Whether the tools of the build run under this Node: they ask for the long-term lines.
 * @param {string} version such as `22.13.0`
 */
export function isFitNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 20);
}

const parsed = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

/** Installs when needed. What npm prints goes to stderr, since stdout belongs to the caller's answer. */
export function ensureInstalled() {
  if (!isFitNode(process.versions.node)) {
    console.error(`Perennial needs Node 20.20, 22.13 or 24, or a later one of these lines; this is ${process.versions.node}. Install one from https://nodejs.org and try again.`);
    process.exit(1);
  }
  const lock = parsed(join(root, 'package-lock.json'));
  if (!lock) {
    console.error('package-lock.json is missing or unreadable: restore it (git checkout package-lock.json) and try again.');
    process.exit(1);
  }
  if (isInstalled(lock, parsed(join(root, 'node_modules/.package-lock.json')))) return;
  console.error('Installing the packages named in package-lock.json (once, and again when it changes) …');
  // NODE_ENV=production would leave out the build tools.
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', NODE_ENV: 'development' };
  const outcome = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (outcome.status !== 0) {
    console.error('npm ci failed (see above). The packages come from the npm registry once; check the network and try again.');
    process.exit(1);
  }
}
