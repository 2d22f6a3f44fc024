/** @file Memory of the kernel's twin: one buffer with addresses, as WebAssembly has it, so that one driver serves both. */

const alignment = 64;
const least = 1 << 16;

/** The whole buffer as numbers of each kind. */
export interface Views {
  readonly f64: Float64Array;
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u16: Uint16Array;
  readonly i8: Int8Array;
  readonly u8: Uint8Array;
}

/** Takes the place of a `Kernel`. `functions` are made anew over larger memory when it grows. */
export class PlainArena<Functions extends object> {
  #buffer = new ArrayBuffer(least);
  #top = alignment;
  readonly run: Functions;
  readonly #make: (views: Views) => Functions;

  constructor(make: (views: Views) => Functions) {
    this.#make = make;
    this.run = make(viewsOf(this.#buffer));
  }

  /** An address of zeroed memory. Views taken before are of the old memory. */
  take(bytes: number): number {
    const at = Math.ceil(this.#top / alignment) * alignment;
    this.#top = at + bytes;
    if (this.#top > this.#buffer.byteLength) {
      const larger = new ArrayBuffer(Math.ceil(Math.max(this.#top, 1.5 * this.#buffer.byteLength) / least) * least);
      new Uint8Array(larger).set(new Uint8Array(this.#buffer));
      this.#buffer = larger;
      // The same object with new functions, for whoever holds it.
      Object.assign(this.run, this.#make(viewsOf(larger)));
    }
    return at;
  }

  copied(source: Float32Array | Float64Array | Uint8Array | Uint16Array | Int32Array | Uint32Array): number {
    const at = this.take(source.byteLength);
    this.bytes(at, source.byteLength).set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return at;
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#buffer, at, length);
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#buffer, at, length);
  }

  words(at: number, length: number): Int32Array {
    return new Int32Array(this.#buffer, at, length);
  }
}

const viewsOf = (buffer: ArrayBuffer): Views => ({
  f64: new Float64Array(buffer),
  f32: new Float32Array(buffer),
  i32: new Int32Array(buffer),
  u32: new Uint32Array(buffer),
  u16: new Uint16Array(buffer),
  i8: new Int8Array(buffer),
  u8: new Uint8Array(buffer),
});
