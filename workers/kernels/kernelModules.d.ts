/** @file What `scripts/build/kernels.ts` makes of a kernel: its compiled bytes. */
declare module 'kernel:*' {
  /** The WebAssembly binary. @throws Error when it cannot be fetched */
  export const bytes: () => Promise<BufferSource>;
}
