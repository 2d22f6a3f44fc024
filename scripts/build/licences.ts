/** @file Collects the packages whose code is in the bundle, page and workers alike, and writes their licences into one file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
  readonly repository?: string | { readonly url?: string };
};

/** The folder of the package that a module belongs to, or null for our own modules, the compiled kernels in `.perennial` among them: no package's name begins with a dot. */
export function packageFolder(moduleId: string): string | null {
  const path = moduleId.replace(/^\0+/, '').split('?', 1)[0] ?? '';
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/.][^/]*)\//.exec(path.replaceAll('\\', '/'));
  return found?.[1] ?? null;
}

/** Two plugins that share a list: one goes into every worker's build, the other into the page's, where it writes `licences.txt`. */
export function licences(root: string): { readonly worker: () => Plugin; readonly page: () => Plugin } {
  const folders = new Set<string>();
  const note = (moduleIds: Iterable<string>): void => {
    for (const id of moduleIds) {
      const folder = packageFolder(id);
      if (folder) folders.add(folder);
    }
  };
  const collect: Pick<Plugin, 'generateBundle'> = {
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') note(output.moduleIds);
        else note(output.originalFileNames.map((name) => join(root, name)));
      }
    },
  };
  return {
    worker: () => ({ name: 'perennial:licences-worker', ...collect }),
    page: () => ({
      name: 'perennial:licences',
      apply: 'build',
      generateBundle: {
        order: 'post',
        handler(options, bundle, isWrite) {
          (collect.generateBundle as (this: unknown, ...args: unknown[]) => void).call(this, options, bundle, isWrite);
          this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licenceText(root, folders) });
        },
      },
    }),
  };
}

function licenceText(root: string, folders: ReadonlySet<string>): string {
  const rule = '='.repeat(80);
  const packages = [...folders].map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }));
  packages.sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
  const entries = packages.map(({ folder, manifest }) => {
    const { name, version, license, author, repository } = manifest;
    const head = [`${name} ${version}`, `Licence: ${license ?? 'see below'}`];
    const writer = typeof author === 'string' ? author : author?.name;
    if (writer) head.push(`Author: ${writer}`);
    const home = typeof repository === 'string' ? repository : repository?.url;
    if (home) head.push(`Source: ${home}`);
    return [rule, ...head, '', licenceFiles(folder) || withoutFile(root, license, writer ?? `the authors of ${name}`)].join('\n');
  });
  const ours = existsSync(join(root, 'LICENSE')) ? readFileSync(join(root, 'LICENSE'), 'utf8') : 'Apache-2.0';
  return [
    'Perennial is under the Apache License 2.0, printed at the end. It contains code of these packages.',
    '',
    ...entries,
    rule,
    'Perennial',
    '',
    ours,
  ].join('\n');
}

function licenceFiles(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|third-?party-?notices?)([-.].*)?$/i.test(name));
  return names
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n');
}

/** Some packages name their licence and do not ship its text. */
function withoutFile(root: string, license: string | undefined, holder: string): string {
  const texts: string[] = [];
  if (license?.includes('Apache-2.0')) {
    texts.push(
      existsSync(join(root, 'LICENSE'))
        ? 'The text of the Apache License stands at the end of this file.'
        : 'The text of the Apache License: https://www.apache.org/licenses/LICENSE-2.0',
    );
  }
  if (license?.includes('MIT')) texts.push(mit(holder));
  return texts.length > 0 ? texts.join('\n\n') : `The package ships no text of its licence (${license ?? 'not named'}).`;
}

const mit = (holder: string): string => `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to
deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.`;
