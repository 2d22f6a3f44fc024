/**
 * @file Builds an ONNX model file. Tensor names come from counters, never from data. Field numbers are those of
 * `onnx.proto`; IR version 8, operator sets ai.onnx 17 and ai.onnx.ml 3, which runtimes from 2022 on read; ai.onnx.ml 5 (runtimes from 2024 on)
 * only where a node needs it.
 */

import { MessageWriter, littleEndianDoubles, littleEndianFloats, littleEndianIntegers } from './protobuf';

/** `width` columns of float32, words (where `missing` says that '' still means missing), or int64 seconds since 1970. */
export type GraphValue =
  | { readonly kind: 'numbers'; /** [N, width] */ readonly name: string; readonly width: number }
  | { readonly kind: 'words'; /** [N, 1] */ readonly name: string; readonly missing: boolean }
  | { readonly kind: 'instants'; /** [N, 1] */ readonly name: string };

/**
 * A number list is written as floats when it is a Float32Array or its name ends in `floats`, else as whole numbers; a number where its name ends
 * in `float` or it is given as `{ float }`. A tensor of one dimension is given as `{ tensor }`.
 */
export type NodeAttributes = Readonly<Record<string, number | string | readonly number[] | readonly string[] | Float32Array | { readonly float: number } | { readonly tensor: Float32Array | Uint8Array }>>;

/** The second that stands for a missing instant: the smallest int64. */
export const missingSeconds = -(2n ** 63n);

/** Element types, as in `TensorProto.DataType`. */
const elementType = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementType;

/** A dimension: a size, or the name of an open one. */
export type Dimension = number | 'N';

export class GraphBuilder {
  readonly type = elementType;
  private readonly inputs: MessageWriter[] = [];
  private readonly outputs: MessageWriter[] = [];
  private readonly nodes: MessageWriter[] = [];
  private readonly initialisers: MessageWriter[] = [];
  private readonly integerNames = new Map<string, string>();
  private tensors = 0;
  private mlVersion = 3;

  /** A graph input. @param note what it is, for people. */
  input(name: string, type: ElementType, dimensions: readonly Dimension[], note: string): string {
    this.inputs.push(valueInfo(name, type, dimensions, note));
    return name;
  }

  output(name: string, type: ElementType, dimensions: readonly Dimension[]): void {
    this.outputs.push(valueInfo(name, type, dimensions, ''));
  }

  /** A float32 constant. */
  floats(values: ArrayLike<number>, dimensions: readonly number[]): string {
    return this.constant('float', dimensions, (tensor) => tensor.bytes(9, littleEndianFloats(values)));
  }

  /** A float64 constant. */
  doubles(values: ArrayLike<number>, dimensions: readonly number[]): string {
    return this.constant('double', dimensions, (tensor) => tensor.bytes(9, littleEndianDoubles(values)));
  }

  /** An int64 constant. Equal ones are shared. */
  integers(values: readonly (number | bigint)[], dimensions: readonly number[]): string {
    const key = `${values.join()}|${dimensions.join()}`;
    const known = this.integerNames.get(key);
    if (known !== undefined) return known;
    const name = this.constant('int64', dimensions, (tensor) => tensor.bytes(9, littleEndianIntegers(values)));
    this.integerNames.set(key, name);
    return name;
  }

  /** A constant of strings, UTF-8. */
  strings(values: readonly string[], dimensions: readonly number[]): string {
    return this.constant('string', dimensions, (tensor) => {
      for (const value of values) tensor.bytes(6, value);
    });
  }

  /** The constant that marks a missing instant. */
  missingInstant(dimensions: readonly number[]): string {
    return this.integers([missingSeconds], dimensions);
  }

  /** A node needs at least this version of ai.onnx.ml. */
  needMl(version: number): void {
    this.mlVersion = Math.max(this.mlVersion, version);
  }

  /** A node with one output. @param output its name, when it is an output of the graph. @returns the name of the output. */
  node(operator: string, inputs: readonly string[], attributes: NodeAttributes = {}, domain: '' | 'ai.onnx.ml' = '', output: string = this.fresh()): string {
    this.add(operator, inputs, attributes, domain, [output]);
    return output;
  }

  /** A node with two outputs, such as the values and the places of `TopK`. @returns their names */
  pair(operator: string, inputs: readonly string[], attributes: NodeAttributes = {}): readonly [string, string] {
    const outputs = [this.fresh(), this.fresh()] as const;
    this.add(operator, inputs, attributes, '', outputs);
    return outputs;
  }

  private add(operator: string, inputs: readonly string[], attributes: NodeAttributes, domain: string, outputs: readonly string[]): void {
    const node = new MessageWriter();
    for (const input of inputs) node.bytes(1, input);
    for (const output of outputs) node.bytes(2, output);
    node.bytes(3, `n${this.nodes.length}`).bytes(4, operator);
    for (const [name, value] of Object.entries(attributes)) node.bytes(5, attribute(name, value));
    if (domain !== '') node.bytes(7, domain);
    this.nodes.push(node);
  }

  /** The model file. @param notes facts stored as metadata. */
  finish(notes: readonly { readonly key: string; readonly value: string }[]): Uint8Array {
    const graph = new MessageWriter();
    for (const node of this.nodes) graph.bytes(1, node);
    graph.bytes(2, 'perennial');
    for (const tensor of this.initialisers) graph.bytes(5, tensor);
    for (const input of this.inputs) graph.bytes(11, input);
    for (const output of this.outputs) graph.bytes(12, output);
    const model = new MessageWriter().varint(1, 8).bytes(2, 'perennial').bytes(7, graph);
    model.bytes(8, new MessageWriter().bytes(1, '').varint(2, 17)).bytes(8, new MessageWriter().bytes(1, 'ai.onnx.ml').varint(2, this.mlVersion));
    for (const { key, value } of notes) model.bytes(14, new MessageWriter().bytes(1, key).bytes(2, value));
    return model.finish();
  }

  private fresh(): string {
    return `t${this.tensors++}`;
  }

  private constant(type: ElementType, dimensions: readonly number[], write: (tensor: MessageWriter) => void): string {
    const name = `c${this.initialisers.length}`;
    const tensor = new MessageWriter();
    tensor.packedVarints(1, dimensions).varint(2, elementType[type]);
    write(tensor);
    this.initialisers.push(tensor.bytes(8, name));
    return name;
  }
}

function valueInfo(name: string, type: ElementType, dimensions: readonly Dimension[], note: string): MessageWriter {
  const shape = new MessageWriter();
  for (const dimension of dimensions)
    shape.bytes(1, typeof dimension === 'number' ? new MessageWriter().varint(1, dimension) : new MessageWriter().bytes(2, dimension));
  const tensor = new MessageWriter().varint(1, elementType[type]).bytes(2, shape);
  const info = new MessageWriter().bytes(1, name).bytes(2, new MessageWriter().bytes(1, tensor));
  return note === '' ? info : info.bytes(3, note);
}

/** `AttributeProto`. Its `type` field says which of its value fields counts. */
function attribute(name: string, value: NodeAttributes[string]): MessageWriter {
  const writer = new MessageWriter().bytes(1, name);
  if (value instanceof Float32Array) return writer.packedFloats(7, value).varint(20, 6);
  if (typeof value === 'object' && 'tensor' in value) return writer.bytes(5, tensorOf(value.tensor)).varint(20, 4);
  if (typeof value === 'object' && 'float' in value) return writer.float(2, value.float).varint(20, 1);
  const isFloat = name.endsWith('float') || name.endsWith('floats');
  if (typeof value === 'string') return writer.bytes(4, value).varint(20, 3);
  if (typeof value === 'number') return isFloat ? writer.float(2, value).varint(20, 1) : writer.varint(3, value).varint(20, 2);
  if (value.length > 0 && typeof value[0] === 'string') {
    for (const text of value as readonly string[]) writer.bytes(9, text);
    return writer.varint(20, 8);
  }
  return isFloat ? writer.packedFloats(7, value as readonly number[]).varint(20, 6) : writer.packedVarints(8, value as readonly number[]).varint(20, 7);
}

/** A `TensorProto` of one dimension. */
function tensorOf(values: Float32Array | Uint8Array): MessageWriter {
  const isBytes = values instanceof Uint8Array;
  return new MessageWriter().packedVarints(1, [values.length]).varint(2, isBytes ? 2 : elementType.float).bytes(9, isBytes ? values : littleEndianFloats(values));
}
