/** @file The body of a profile: statistics of every column, and what the checks found. */

import type { Finding } from './findings/check';
import type { ColumnProfile } from './profile';

export interface ProfileBody {
  readonly profiles: readonly ColumnProfile[];
  readonly findings: readonly Finding[];
}

export interface ProfileParams {
  readonly target: string | null;
  readonly task: 'classification' | 'regression' | null;
  readonly positive: string | null;
}
