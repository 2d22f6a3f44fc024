/** @file The training worker. */

import { expose } from 'comlink';
import { Performer } from '../steps/performer';
import { fold } from './fold';
import { crossValidate } from './ops/crossValidate';
import { train } from './ops/train';

expose(
  new Performer(
    new Map([
      ['train', train],
      ['crossValidate', crossValidate],
    ]),
    [fold],
  ),
);
