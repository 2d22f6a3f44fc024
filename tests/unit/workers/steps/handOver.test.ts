import { describe, expect, it } from 'vitest';
import { buffersIn, copied } from '../../../../workers/steps/handOver';

const whole = new Float64Array([1, 2, 3, 4]);
const value = { name: 'a', list: [new Uint8Array([1, 2]), null], part: whole.subarray(1, 3), none: undefined, nested: { whole } };

describe('data handed to another worker', () => {
  it('is equal to what it was made of, in buffers of its own', () => {
    const copy = copied(value);
    expect(copy).toEqual(value);
    expect(buffersIn(copy).some((buffer) => buffersIn(value).includes(buffer))).toBe(false);
    expect(copy.part.buffer.byteLength, 'a part of a buffer takes no more than itself').toBe(16);
  });

  it('can be transferred, each buffer once, and leaves the original as it was', () => {
    const copy = copied(value);
    const moved = structuredClone(copy, { transfer: buffersIn(copy) });
    expect(moved).toEqual(value);
    expect(copy.part).toHaveLength(0);
    expect(whole).toHaveLength(4);
    expect(buffersIn([whole, whole.subarray(1)])).toEqual([whole.buffer]);
  });

  it('is refused where it is no plain data', () => {
    expect(() => copied({ when: new Date(0) })).toThrow('a Date cannot be handed to another worker');
    expect(() => copied([() => 1])).toThrow('a function cannot be handed to another worker');
  });
});
