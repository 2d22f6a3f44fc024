/** @file Types of lifecycleRequest.mjs, for the tests. */
export type LifecycleRequest = {
  readonly target: string;
  readonly task: 'classification' | 'regression' | null;
  readonly criteria: readonly string[];
  readonly gate: 'value' | 'bound';
  readonly positive: string | null;
  readonly group: string | null;
  readonly exclude: readonly string[];
  readonly learners: readonly string[];
  readonly engine: 'native' | 'plain' | 'cpu' | 'wasm' | 'webgl' | 'webgpu' | 'auto';
  readonly seed: number;
  readonly hasBatch: boolean;
  readonly wantFiles: boolean;
  readonly withRows: boolean;
};
export function lifecycleRequest(
  argv: readonly string[],
  folder: string,
): { json: boolean; data: string; batch: string | null; out: string | null; profile: string | null; request: LifecycleRequest };
