/** @file What our kernels for tfjs's wasm backend compute, by addresses in its heap; done with SIMD or, where that is missing, in plain TypeScript. */

/** Memory of another module, and room in it. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** Address of room for so many bytes. @throws Refusal outOfMemory { megabytes } */
  take(bytes: number): number;
  free(address: number): void;
}

/** Sizes of a two-dimensional convolution or pool over NHWC tensors. `top` and `left` count the rows and columns padded before the input. */
export interface Geometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly top: number;
  readonly left: number;
}

/** The order in which the kernel reads a geometry. */
export const geometryWords = [
  'batch',
  'inHeight',
  'inWidth',
  'inChannels',
  'outHeight',
  'outWidth',
  'outChannels',
  'filterHeight',
  'filterWidth',
  'strideHeight',
  'strideWidth',
  'dilationHeight',
  'dilationWidth',
  'top',
  'left',
] as const satisfies readonly (keyof Geometry)[];

/** A matrix in the heap: element (i, j) is `at` + 4 (i · row + j · column) bytes. */
export interface Steps {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

export interface AdamStep {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** All tensors are float32, ids are int32; every output is written whole. */
export interface Arithmetic {
  /** out: filter height × width × in × out channels. */
  filterGradient(x: number, dy: number, out: number, geometry: Geometry): void;
  /** out: the shape of the input. */
  inputGradient(dy: number, filter: number, out: number, geometry: Geometry): void;
  /** dy goes to the first of the largest numbers of each window. */
  maxPoolGradient(x: number, dy: number, out: number, geometry: Geometry): void;
  /** out: filter height × width × channels × multiplier. */
  depthwiseFilterGradient(x: number, dy: number, out: number, geometry: Geometry): void;
  /** out: the shape of the input. */
  depthwiseInputGradient(dy: number, filter: number, out: number, geometry: Geometry): void;
  /** out (segments × inner): the rows of x (rows × inner) added up by their ids; an id outside is left out. */
  segmentSum(x: number, ids: number, out: number, rows: number, inner: number, segments: number): void;
  /** out (rows × columns, row-major) = a · b over the shared dimension. */
  product(a: Steps, b: Steps, out: number, rows: number, shared: number, columns: number): void;
  /** out = dy where y > 0, else 0. */
  reluGradient(dy: number, y: number, out: number, count: number): void;
  /** New parameters and moments; `keep` (0 for none) is multiplied into the parameters. */
  adam(from: { p: number; g: number; m: number; v: number; keep: number }, to: { p: number; m: number; v: number }, count: number, step: AdamStep): void;
}
