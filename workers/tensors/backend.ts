/** @file Starts a tfjs backend for an engine, within a time limit, and says what it runs on. Each backend is loaded when it is asked for. */

import * as tf from '@tensorflow/tfjs-core';
import type { TfjsEngine } from '../../src/domain/modelling/learner';
import { Refusal } from '../../src/domain/refusal';
import { registerCpuKernels } from './cpuKernels';
import { registerWasmKernels } from './wasmKernels/registry';

export interface StartedEngine {
  /** The tfjs backend, with what the results depend on: `cpu`, `wasm-simd`, `webgl`, `webgpu`. */
  readonly backend: string;
  /** The name of the graphics adapter. */
  readonly adapter: string | null;
  /** An emulation in software: right, but slower than `cpu` or `wasm`. */
  readonly fallback: boolean;
}

/** What can go wrong after the start, on the GPU and on nobody's stack. */
export type EngineTrouble =
  | { readonly kind: 'lost' | 'error'; readonly engine: TfjsEngine; readonly reason: string }
  /** Megabytes that all tensors take together. */
  | { readonly kind: 'memory'; readonly engine: TfjsEngine; readonly megabytes: number };

/** The longest that a backend may take to start: shader compilers are slow, but a hang (a refused blob worker, a driver) is for ever. */
const limit: Record<TfjsEngine, number> = { cpu: 5_000, wasm: 15_000, webgl: 15_000, webgpu: 20_000 };

const emulators = /swiftshader|llvmpipe|basic render|softpipe|software/i;

const started = new Map<TfjsEngine, Promise<StartedEngine>>();

let hear: (trouble: EngineTrouble) => void = () => undefined;

/**
 * Makes the engine the active one. Once started it stays, so that a second call is quick. After a loss the next call starts anew.
 * @param onTrouble hears of a lost device and of uncaptured errors, in place of whoever heard before.
 * @throws Refusal engineUnavailable { engine, reason } with the reason `timeOut`, `noAdapter`, `noFloat32`, `refused` or a message.
 */
export async function startEngine(engine: TfjsEngine, onTrouble?: (trouble: EngineTrouble) => void): Promise<StartedEngine> {
  if (onTrouble) hear = onTrouble;
  let starting = started.get(engine);
  if (!starting) {
    starting = withinLimit(engine, start(engine));
    started.set(engine, starting);
    starting.catch(() => started.delete(engine));
  }
  const info = await starting;
  if (tf.getBackend() !== engine && !(await tf.setBackend(engine))) throw new Refusal('engineUnavailable', { engine, reason: 'refused' });
  return info;
}

async function withinLimit(engine: TfjsEngine, work: Promise<StartedEngine>): Promise<StartedEngine> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('engineUnavailable', { engine, reason: 'timeOut' })), limit[engine]);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('engineUnavailable', { engine, reason: error instanceof Error ? error.message : String(error) });
  } finally {
    clearTimeout(timer);
  }
}

async function start(engine: TfjsEngine): Promise<StartedEngine> {
  switch (engine) {
    case 'cpu':
      registerCpuKernels();
      await activate(engine);
      return { backend: 'cpu', adapter: null, fallback: false };
    case 'wasm':
      return startWasm();
    case 'webgl':
      return startWebgl();
    case 'webgpu':
      return startWebgpu();
  }
}

async function activate(engine: TfjsEngine): Promise<void> {
  if (!(await tf.setBackend(engine))) throw new Refusal('engineUnavailable', { engine, reason: 'refused' });
  await tf.ready();
}

async function startWasm(): Promise<StartedEngine> {
  const [{ setWasmPaths }, plain, simd] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
  ]);
  // Threads need cross-origin isolation, bring nothing to nets this small, and hang where their blob worker is refused.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!tf.findBackend('wasm')) {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plain.default,
      'tfjs-backend-wasm-simd.wasm': simd.default,
      // Asked for by tfjs, never loaded: threads are off.
      'tfjs-backend-wasm-threaded-simd.wasm': simd.default,
    });
  }
  await activate('wasm');
  await registerWasmKernels(tf.backend());
  return { backend: (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'wasm-simd' : 'wasm', adapter: null, fallback: false };
}

async function startWebgl(): Promise<StartedEngine> {
  await import('@tensorflow/tfjs-backend-webgl');
  await activate('webgl');
  // Training in 16 bits has gone wrong on real devices; Adam's epsilon would vanish.
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) throw new Refusal('engineUnavailable', { engine: 'webgl', reason: 'noFloat32' });
  const { gl } = (tf.backend() as unknown as { readonly gpgpu: { readonly gl: WebGL2RenderingContext } }).gpgpu;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const adapter = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return { backend: 'webgl', adapter, fallback: emulators.test(adapter) };
}

/** Registers the backend over a device of our own, so that its loss and its errors are heard. */
async function startWebgpu(): Promise<StartedEngine> {
  // navigator.gpu may exist and still have no adapter.
  const adapter = typeof navigator === 'undefined' ? null : await (navigator.gpu as GPU | undefined)?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Refusal('engineUnavailable', { engine: 'webgpu', reason: 'noAdapter' });
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const { limits, info } = adapter;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  void device.lost.then(({ reason, message }) => {
    started.delete('webgpu');
    if (reason !== 'destroyed') hear({ kind: 'lost', engine: 'webgpu', reason: message });
  });
  device.addEventListener('uncapturederror', ({ error }) =>
    hear(
      error instanceof GPUOutOfMemoryError
        ? { kind: 'memory', engine: 'webgpu', megabytes: Math.ceil(tf.memory().numBytes / 2 ** 20) }
        : { kind: 'error', engine: 'webgpu', reason: error.message },
    ),
  );
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, info), 3);
  await activate('webgpu');
  const name = [info.vendor, info.architecture, info.device, info.description].filter((part) => part !== '').join(' ');
  return { backend: 'webgpu', adapter: name, fallback: info.isFallbackAdapter || emulators.test(name) };
}
