import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { peersIn, pythonPeers } from '../../bench/peers/python.mjs';

// The interpreter is whatever runs a file: Node stands in for Python, which need not be there.
const folder = mkdtempSync(join(tmpdir(), 'perennial-python-'));
const script = (text: string): string => {
  const path = join(folder, `${text.length}.cjs`);
  writeFileSync(path, text);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('the Python peers of the bench', () => {
  it('answer with the times of the last line', () => {
    expect(peersIn('warming up\n{"PyTorch": {"ms": 12.5, "version": "2.0"}}\n')).toEqual({ PyTorch: { ms: 12.5, version: '2.0' } });
    expect(() => peersIn('done')).toThrow(/no times: done/);
    expect(() => peersIn('{"PyTorch": {"ms": null, "version": "2.0"}}')).toThrow(/no times/);
  });

  it('run on one thread and get their arguments', async () => {
    const print = 'console.log(JSON.stringify({ peer: { ms: Number(process.argv[2]), version: process.env.OMP_NUM_THREADS } }))';
    expect(await pythonPeers(script(print), [64], process.execPath)).toEqual({ peer: { ms: 64, version: '1' } });
  });

  it('are null, and said to be missing, without the interpreter or a package', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await pythonPeers('none.py', [], 'no-such-python')).toBeNull();
    expect(await pythonPeers(script(`console.error("ModuleNotFoundError: No module named 'torch'"); process.exit(1)`), [], process.execPath)).toBeNull();
    expect(said.mock.calls.flat().join('\n')).toMatch(/no Python \(no-such-python\)[^]*torch is not installed/);
    said.mockRestore();
  });

  it('are a failure when they fail otherwise', async () => {
    await expect(pythonPeers(script('console.error("boom"); process.exit(2)'), [], process.execPath)).rejects.toThrow(/boom/);
  });
});
