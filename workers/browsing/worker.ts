/** @file The browsing worker. */

import { expose } from 'comlink';
import { Browser } from './browser';

expose(new Browser());
