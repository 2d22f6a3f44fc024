import { describe, expect, it } from 'vitest';
import { littleEndianFloats, littleEndianIntegers, MessageWriter } from '../../../../../src/domain/deployment/onnx/protobuf';

describe('the protocol-buffer writer', () => {
  it('writes the examples of the encoding guide', () => {
    expect([...new MessageWriter().varint(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
    expect([...new MessageWriter().bytes(2, 'testing').finish()]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    expect([...new MessageWriter().bytes(3, new MessageWriter().varint(1, 150)).finish()]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...new MessageWriter().packedVarints(6, [3, 270, 86_942]).finish()]).toEqual([0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]);
  });

  it('writes negative numbers in ten bytes, and the smallest int64', () => {
    expect([...new MessageWriter().varint(1, -2).finish()]).toEqual([0x08, 0xfe, ...Array<number>(8).fill(0xff), 0x01]);
    expect([...new MessageWriter().varint(1, -(2n ** 63n)).finish()]).toEqual([0x08, ...Array<number>(9).fill(0x80), 0x01]);
  });

  it('writes field numbers above 15 and floats in little-endian order', () => {
    expect([...new MessageWriter().varint(20, 1).finish()]).toEqual([0xa0, 0x01, 0x01]);
    expect([...new MessageWriter().float(2, 1).finish()]).toEqual([0x15, 0, 0, 0x80, 0x3f]);
    expect([...new MessageWriter().packedFloats(7, [1]).finish()]).toEqual([0x3a, 4, 0, 0, 0x80, 0x3f]);
    expect([...littleEndianFloats([-0])]).toEqual([0, 0, 0, 0x80]);
    expect([...littleEndianIntegers([-2])]).toEqual([0xfe, ...Array<number>(7).fill(0xff)]);
  });
});
