import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { batchSizes } from '../../../../workers/tensors/warmUp';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

describe('driving tfjs', () => {
  it('never reads a tensor synchronously: on WebGPU that loses the device, and on a GPU it waits for everything before it', () => {
    const files = ['src', 'workers'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file)));
    expect(files.length).toBeGreaterThan(100);
    const reading = files.filter((file) => /\.(dataSync|arraySync|bytesSync|readSync)\(|\btf\.profile\(/.test(readFileSync(join(root, file), 'utf8')));
    expect(reading).toEqual([]);
  });

  it('knows the sizes of the batches of an epoch', () => {
    expect(batchSizes(100, 32)).toEqual([32, 4]);
    expect(batchSizes(96, 32)).toEqual([32]);
    expect(batchSizes(10, 32)).toEqual([10]);
  });
});
