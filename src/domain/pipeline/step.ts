/** @file A step: an op, its version, its parameters and its inputs. The hash of the four is the step key, under which its output is kept. */

import type { Json } from '../canonical';
import { hashOfJson, type Hash } from './digest';
import { opNamed, type OpName } from './ops';

/** What is asked for. */
export interface StepRequest {
  readonly op: OpName;
  readonly params: Json;
  /** Artifact ids by the name under which the op knows them. */
  readonly inputs: Readonly<Record<string, Hash>>;
}

/** What was done. Immutable; written once, after its output. */
export interface StepRecord extends StepRequest {
  readonly key: Hash;
  readonly version: number;
  readonly output: Hash;
}

/** step key = SHA-256 of {op, version, params, inputs}: a renamed run leaves it, one byte upstream changes it. */
export const stepKey = (request: StepRequest): Promise<Hash> =>
  hashOfJson({ op: request.op, version: opNamed(request.op).version, params: request.params, inputs: request.inputs });
