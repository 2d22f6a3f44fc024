/** @file What steps left in storage, as numbers: a model's weights, and what a model said. */

import type { Database } from '../../src/storage/database';
import { bytesOf } from '../../src/storage/tables';
import type { LearntModel } from '../../src/domain/modelling/forms/learntModel';
import { learntModel, type FirstModelBody, type ModelBody } from '../../src/domain/modelling/modelManifest';
import type { ScoresBody } from '../../src/domain/modelling/scoresManifest';
import type { Artifact } from '../../src/domain/pipeline/artifact';

/** The model with its numbers, of this version or the first. */
export const storedModel = async (database: Database, model: Artifact<ModelBody | FirstModelBody>): Promise<LearntModel> =>
  learntModel(model.body, await bytesOf(database, model, 'pieces' in model.body ? model.body.pieces : model.chunks.map((_, index) => index)));

/** Positions of the scored rows in their table, ascending, and the answers: rows × K probabilities, or values. */
export async function storedScores(database: Database, scores: Artifact<ScoresBody>): Promise<{ readonly positions: Uint32Array; readonly answers: Float64Array }> {
  const numbers = async (pieces: readonly number[]): Promise<ArrayBuffer> => (await bytesOf(database, scores, pieces)).slice().buffer;
  return { positions: new Uint32Array(await numbers(scores.body.positions)), answers: new Float64Array(await numbers(scores.body.answers)) };
}
