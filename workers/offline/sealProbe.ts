/** @file A worker that only says whether workers are sealed here. */
import { isSealed } from './seal';

self.postMessage(isSealed());
