/** @file One hash over everything that decides what a build contains: the build's name, and the test of whether a build is current. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const parts = [
  'index.html',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'public',
  'src',
  'workers',
  'scripts/build',
];

/** The files below a folder, as paths from it with forward slashes, in code-unit order. */
export function filesBelow(folder, prefix = '') {
  const found = [];
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) found.push(...filesBelow(folder, path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The SHA-256 of a file's bytes, in hex. */
export const sha256Of = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The hash of the sources: 16 hex digits over names and contents, free of clocks, machine names and absolute paths.
 * @param {string} root  the project's folder
 */
export function sourcesHash(root) {
  const lines = [];
  for (const part of parts) {
    const info = statSync(join(root, part), { throwIfNoEntry: false });
    if (!info) continue;
    const files = info.isDirectory() ? filesBelow(join(root, part)).map((file) => `${part}/${file}`) : [part];
    for (const file of files) lines.push(`${file} ${sha256Of(readFileSync(join(root, file)))}`);
  }
  return sha256Of(lines.join('\n')).slice(0, 16);
}
