/** @file Which criteria can be asked of a table at all: those that slice on columns it has. */

import { columnNamed, type ColumnSchema } from '../data/table';
import type { Criterion } from './criterion';

export const sliceable = (criteria: readonly Criterion[], columns: readonly ColumnSchema[]): Criterion[] =>
  criteria.filter(({ slice }) => slice.every(({ column }) => columnNamed(columns, column) !== undefined));
