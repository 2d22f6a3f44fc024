/** @file The export worker: model files, checked by running them before they are offered. */

import { expose } from 'comlink';
import { Performer } from '../steps/performer';
import { packageModel } from './ops/package';

expose(new Performer(new Map([['package', packageModel]])));
