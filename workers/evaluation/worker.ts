/** @file The evaluation worker: scores, metrics, comparisons, drift. */

import { expose } from 'comlink';
import { Performer } from '../steps/performer';
import { compare } from './ops/compare';
import { drift } from './ops/drift';
import { evaluate } from './ops/evaluate';
import { score } from './ops/score';
import { replicates } from './replicates';

expose(
  new Performer(
    new Map([
      ['score', score],
      ['evaluate', evaluate],
      ['compare', compare],
      ['drift', drift],
    ]),
    [replicates],
  ),
);
