/** @file The data worker: sources, tables, splits, recipes. */

import { expose } from 'comlink';
import { DataWorker } from './dataWorker';

expose(new DataWorker());
