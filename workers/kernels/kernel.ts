/** @file Starts a compiled kernel and lends out its memory. What a kernel computes is said in `assembly/`, how it is driven by its learner. */

import { kernelsRun } from '../../src/domain/modelling/kernelsRun';
import { Refusal } from '../../src/domain/refusal';

const page = 65_536;
/** Wide enough for a SIMD register, and a cache line. */
const alignment = 64;
/** The largest heap of a 32-bit kernel. */
const most = 4 * 1024 ** 3 - page;

/**
 * A running kernel: its functions, and a memory that is handed out from the bottom up and never given back piece by piece; the memory goes
 * with the instance. Views are made anew by each call, since growing detaches older ones: take all memory first, then view.
 */
export class Kernel<Functions> {
  readonly run: Functions;
  readonly #memory: WebAssembly.Memory;
  #top: number;

  constructor(module: WebAssembly.Module) {
    const { memory, __heap_base, ...functions } = new WebAssembly.Instance(module).exports as Record<string, unknown>;
    this.#memory = memory as WebAssembly.Memory;
    this.#top = Number((__heap_base as WebAssembly.Global | undefined)?.value ?? page);
    this.run = functions as Functions;
  }

  /** Bytes in use, and bytes that the memory has grown to. */
  get used(): number {
    return this.#top;
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** An address of zeroed memory. @throws Refusal outOfMemory { megabytes } when the browser gives no more */
  take(bytes: number): number {
    const at = Math.ceil(this.#top / alignment) * alignment;
    const end = at + bytes;
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / page);
    if (end > most) throw new Refusal('outOfMemory', { megabytes: Math.ceil(end / 2 ** 20) });
    if (missing > 0) {
      try {
        this.#memory.grow(missing);
      } catch {
        throw new Refusal('outOfMemory', { megabytes: Math.ceil(end / 2 ** 20) });
      }
    }
    this.#top = end;
    return at;
  }

  /** Address of a copy of these numbers. */
  copied(source: Float32Array | Float64Array | Uint8Array | Uint16Array | Int32Array | Uint32Array): number {
    const at = this.take(source.byteLength);
    new Uint8Array(this.#memory.buffer, at, source.byteLength).set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return at;
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, at, length);
  }

  words(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }

  /** The memory from here on is free again: what was taken after `used` was this is given back, and zeroed when taken again. */
  release(used: number): void {
    new Uint8Array(this.#memory.buffer, used, this.#top - used).fill(0);
    this.#top = used;
  }
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * A fresh instance of a kernel; the module is compiled once a worker.
 * @param bytes of `kernel:name`
 * @throws Refusal engineUnavailable { engine: 'native', reason: 'noSimd' }
 */
export async function startKernel<Functions>(name: string, bytes: () => Promise<BufferSource>): Promise<Kernel<Functions>> {
  if (!kernelsRun()) throw new Refusal('engineUnavailable', { engine: 'native', reason: 'noSimd' });
  let module = modules.get(name);
  if (module === undefined) {
    module = bytes().then((binary) => WebAssembly.compile(binary));
    modules.set(name, module);
    module.catch(() => modules.delete(name));
  }
  return new Kernel<Functions>(await module);
}
