/**
 * @file Compiles the AssemblyScript kernels and gives them to importers: `import { bytes } from 'kernel:dense'` is
 * `workers/kernels/assembly/dense.ts` as WebAssembly. Not a loader of foreign wasm.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

const prefix = 'kernel:';

/**
 * No runtime, no imports, no garbage: a kernel is arithmetic on its own linear memory, laid out by its caller.
 * Relaxed SIMD stays off, since it may round differently from machine to machine.
 */
const flags = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--disable', 'relaxed-simd', '--use', 'abort=', '--initialMemory', '2'];

/** Kernels that work in the memory of another module (`env.memory`), such as the heap of tfjs, so that nothing is copied. They hold no data of their own. */
const borrowing = new Set(['convolution']);

/** One hash over the sources of all kernels and what compiles them, so that a compiled file is never stale. */
function sourcesOf(folder: string, root: string): string {
  const hash = createHash('sha256').update(flags.join(' ')).update(readFileSync(join(root, 'node_modules/assemblyscript/package.json')));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts')).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}

const compiling = new Map<string, Promise<string>>();

/** @returns the path of the compiled kernel. @throws Error with the compiler's messages. */
export function compiledKernel(root: string, name: string): Promise<string> {
  // The page's build and the workers' may ask for the same one at the same time.
  let path = compiling.get(name);
  if (path === undefined) {
    path = compiled(root, name).finally(() => compiling.delete(name));
    compiling.set(name, path);
  }
  return path;
}

async function compiled(root: string, name: string): Promise<string> {
  const folder = join(root, 'workers/kernels/assembly');
  const shelf = join(root, 'node_modules/.perennial/kernels');
  const path = join(shelf, `kernel-${name}-${sourcesOf(folder, root)}.wasm`);
  if (existsSync(path)) return path;
  mkdirSync(shelf, { recursive: true });
  // Under a name of its own, then renamed: two test projects may compile at once.
  const draft = `${name}.${process.pid}.wasm`;
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
  const given = [join('workers/kernels/assembly', `${name}.ts`), '--baseDir', root, '--outFile', join('node_modules/.perennial/kernels', draft)];
  // In a process of its own: the bench loads this file through a module runner that is gone when the compiler would be imported.
  const own = borrowing.has(name) ? ['--importMemory'] : [];
  await promisify(execFile)(process.execPath, [compiler, ...given, ...flags, ...own], { cwd: root }).catch((error: { stderr?: string; message: string }) => {
    throw new Error(`the kernel ${name} does not compile:\n${error.stderr || error.message}`);
  });
  renameSync(join(shelf, draft), path);
  return path;
}

/** In a browser the kernel is fetched from our own origin; in Node, where tests run, it is read. */
export function kernels(root: string): Plugin {
  return {
    name: 'perennial:kernels',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const name = id.slice(prefix.length + 1);
      const path = await compiledKernel(root, name);
      this.addWatchFile(join(root, 'workers/kernels/assembly', `${name}.ts`));
      if (this.environment.config.consumer === 'server') {
        return `import { readFile } from 'node:fs/promises';\nexport const bytes = () => readFile(${JSON.stringify(path)});\n`;
      }
      return [
        `import url from ${JSON.stringify(`${path}?url`)};`,
        'export async function bytes() {',
        '  const response = await fetch(new URL(url, import.meta.url));',
        `  if (!response.ok) throw new Error('the kernel ${name} is not there: ' + response.status);`,
        '  return response.arrayBuffer();',
        '}',
      ].join('\n');
    },
  };
}
