/** @file Whether this browser can run our kernels. */

/** (module (func (result v128) (v128.const i32x4 0 0 0 0))): valid only where 128-bit SIMD is. */
const simdProbe = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 22, 1, 20, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11);

/** Whether this browser runs our kernels. Where it does not, their TypeScript twins do the work. */
export const kernelsRun = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(simdProbe);
