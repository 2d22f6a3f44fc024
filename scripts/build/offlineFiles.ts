/** @file After the bundle is written: the list of its files, the service worker that knows the list, the hosts' header file, and the table of sizes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import type { BuildFile } from '../../workers/offline/api';
import { permissionsPolicy, safeHeaders } from '../../workers/offline/contentPolicy';
import { mediaType } from '../tools/serve.mjs';
import { filesBelow, sha256Of } from '../tools/sourcesHash.mjs';

/** What the build is called. */
export type BuildName = { readonly version: string; readonly build: string };

/** Files that the page never asks for: the worker itself, the host's headers, the build's own record. */
const apart = new Set(['sw.js', '_headers', 'build.json']);

/** Our own kernels, named by `kernels.ts`, are small, and what trains by default: offline from the first moment. */
const isKernel = (url: string): boolean => url.startsWith('assets/kernel-');

/** Core is what the first paint and the start of any work need; the rest is fetched behind it. */
export const partOf = (url: string): BuildFile['part'] =>
  (/\.(html|js|css|svg|webmanifest)$/.test(url) && !url.startsWith('samples/')) || isKernel(url) ? 'core' : 'later';

/** Puts `sw.js`, `build.json` and `_headers` beside the bundle. */
export function offlineFiles(name: BuildName): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'perennial:offline-files',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: 'post',
      async handler() {
        const folder = resolve(config.root, config.build.outDir);
        for (const file of apart) rmSync(join(folder, file), { force: true });
        const files = filesBelow(folder).map((url): BuildFile => {
          const bytes = readFileSync(join(folder, url));
          return { url, bytes: bytes.length, sha256: sha256Of(bytes), type: mediaType(url), part: partOf(url) };
        });
        writeFileSync(join(folder, 'sw.js'), await serviceWorker('worker.ts', config.root, name, files));
        writeFileSync(join(folder, '_headers'), hostHeaders());
        writeFileSync(join(folder, 'build.json'), `${JSON.stringify({ app: 'perennial', ...name, files }, null, 1)}\n`);
        config.logger.info(sizeTable(folder, files));
      },
    },
  };
}

/**
 * The text of a service worker, bundled into one classic script: module service workers are younger than the browsers we serve.
 * @param entry  a file of workers/offline
 */
export async function serviceWorker(entry: 'worker.ts' | 'killSwitch.ts', root: string, name: BuildName, files: readonly BuildFile[]): Promise<string> {
  const outcome = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { __BUILD_ID__: JSON.stringify(name.build), __BUILD_FILES__: JSON.stringify(files) },
    build: {
      write: false,
      copyPublicDir: false,
      lib: { entry: join(root, 'workers/offline', entry), formats: ['iife'], name: 'offline', fileName: () => 'sw.js' },
    },
  });
  const [bundle] = Array.isArray(outcome) ? outcome : [outcome];
  if (!bundle || !('output' in bundle)) throw new Error('the service worker was not bundled');
  return bundle.output[0].code;
}

/** Headers for hosts that read `_headers` (Netlify, Cloudflare Pages) and for our own server. Hashed files may be kept for ever, the rest not. */
export function hostHeaders(): string {
  const all = [...safeHeaders, ['Permissions-Policy', permissionsPolicy] as const].map(([header, value]) => `  ${header}: ${value}`);
  return ['/*', ...all, '  Cache-Control: no-cache', '/assets/*', '  Cache-Control: public, max-age=31536000, immutable', ''].join('\n');
}

function sizeTable(folder: string, files: readonly BuildFile[]): string {
  const rows = files.map((file) => ({ ...file, gzip: file.part === 'core' ? gzipSync(readFileSync(join(folder, file.url))).length : 0 }));
  const kB = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(9);
  const line = ({ part, url, bytes, gzip }: (typeof rows)[number]): string => `  ${part.padEnd(5)} ${kB(bytes)} ${gzip > 0 ? kB(gzip) : ' '.repeat(9)}  ${url}`;
  const sum = (part: BuildFile['part'], field: 'bytes' | 'gzip'): number =>
    rows.filter((row) => row.part === part).reduce((total, row) => total + row[field], 0);
  const listed = [...rows].sort((a, b) => (a.part === b.part ? b.bytes - a.bytes : a.part < b.part ? -1 : 1));
  return [
    '\n  part         kB   kB gzip',
    ...listed.map(line),
    `  core  ${kB(sum('core', 'bytes'))} ${kB(sum('core', 'gzip'))}  stored before the app says it works offline`,
    `  later ${kB(sum('later', 'bytes'))}            stored in the background`,
  ].join('\n');
}
