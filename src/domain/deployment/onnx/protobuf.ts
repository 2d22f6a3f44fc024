/** @file A writer for the protocol-buffer wire format: the four field forms that ONNX needs. */

import { joinedBytes } from '../../joinedBytes';

/** The bytes of one message, in pieces. Field numbers are those of the schema. */
export class MessageWriter {
  private readonly pieces: Uint8Array[] = [];

  /** A whole number; negative ones are written as 64-bit two's complement. */
  varint(field: number, value: number | bigint): this {
    this.tag(field, 0);
    this.pieces.push(varintBytes(BigInt(value)));
    return this;
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    this.tag(field, 5);
    this.pieces.push(littleEndianFloats([value]));
    return this;
  }

  /** Length-delimited: bytes, text as UTF-8, or a message. */
  bytes(field: number, value: Uint8Array | string | MessageWriter): this {
    const content = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof MessageWriter ? value.finish() : value;
    this.tag(field, 2);
    this.pieces.push(varintBytes(BigInt(content.length)), content);
    return this;
  }

  /** Repeated floats in packed form. */
  packedFloats(field: number, values: ArrayLike<number>): this {
    return this.bytes(field, littleEndianFloats(values));
  }

  /** Repeated whole numbers in packed form. */
  packedVarints(field: number, values: readonly (number | bigint)[]): this {
    return this.bytes(field, joinedBytes(values.map((value) => varintBytes(BigInt(value)))));
  }

  finish(): Uint8Array {
    return joinedBytes(this.pieces);
  }

  private tag(field: number, wire: 0 | 2 | 5): void {
    this.pieces.push(varintBytes(BigInt(field * 8 + wire)));
  }
}

/** 32-bit floats as bytes, whatever the byte order of this machine. */
export function littleEndianFloats(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return new Uint8Array(view.buffer);
}

/** 64-bit floats as bytes. */
export function littleEndianDoubles(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!, true);
  return new Uint8Array(view.buffer);
}

/** 64-bit whole numbers as bytes. */
export function littleEndianIntegers(values: readonly (number | bigint)[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, index) => view.setBigInt64(index * 8, BigInt(value), true));
  return new Uint8Array(view.buffer);
}

function varintBytes(value: bigint): Uint8Array {
  let rest = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
