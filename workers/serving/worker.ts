/** @file The serving worker. */

import { expose } from 'comlink';
import { Serving } from './serving';

expose(new Serving());
