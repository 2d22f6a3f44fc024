/** @file The switches of the headless browser. */
import { expect, it } from 'vitest';
import { chromiumArgs } from '../../../../scripts/tools/chromium.mjs';

it('the sandbox is off for root alone, and WebGPU is unlocked only when asked', () => {
  expect(chromiumArgs({ isRoot: false })).not.toContain('--no-sandbox');
  expect(chromiumArgs({ isRoot: true })).toContain('--no-sandbox');
  expect(chromiumArgs({ isRoot: false })).not.toContain('--enable-unsafe-webgpu');
  expect(chromiumArgs({ isRoot: false, webgpu: true })).toContain('--enable-unsafe-webgpu');
});
it('the origin leads to the port', () => {
  expect(chromiumArgs({ port: 4000, isRoot: false })).toContain('--host-resolver-rules=MAP perennial.localhost:80 127.0.0.1:4000');
});
