/** @file The catalogue of words in force. A second language is a second folder of the same type. */

import { en } from './en';

/** What every catalogue holds. */
export type Words = typeof en;

export const words: Words = en;
