/** @file The samples that come with the application: where their files lie, how to know them again, and how to begin with them. */

import type { Task } from '../modelling/task';

export interface SampleFile {
  /** Data is what a project begins with; a batch is what arrived later, for monitoring. */
  readonly role: 'data' | 'batch';
  /** Relative to the application's own address. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Of the whole file, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** Titles and descriptions are words, found by the id. */
export interface Sample {
  readonly id: string;
  /** Exactly one has the role data, and it comes first. All have the same header. */
  readonly files: readonly SampleFile[];
  readonly target: string;
  readonly task: Task['kind'];
  /** The class that counts as positive; null for a regression. */
  readonly positive: string | null;
  /** Columns that are no inputs: they leak the target, or say nothing about new rows. The README gives each its reason. */
  readonly exclude: readonly string[];
  /** The column whose equal values stay in one part of a split. */
  readonly group: string | null;
  /** The column that orders the rows in time. */
  readonly time: string | null;
  /** Of all files together. */
  readonly rows: number;
  /** As the README beside the files names it. */
  readonly licence: string;
  readonly source: string;
}

export const samples: readonly Sample[] = [
  {
    id: 'census',
    files: [
      {
        role: 'data',
        path: 'samples/census/census.csv',
        name: 'census.csv',
        bytes: 5_277_522,
        sha256: '6f8f2babc5ee744afd03f6d978d8d6b3e3b0aae240d931c4976a9cce7af0d347',
      },
    ],
    target: 'income',
    task: 'classification',
    positive: '>50K',
    exclude: ['fnlwgt'],
    group: null,
    time: null,
    rows: 48_842,
    licence: 'CC BY 4.0',
    source: 'Becker and Kohavi (1996), Adult, UCI Machine Learning Repository, https://doi.org/10.24432/C5XW20',
  },
  {
    id: 'bikes',
    files: [
      {
        role: 'data',
        path: 'samples/bikes/bikes-2011.csv',
        name: 'bikes-2011.csv',
        bytes: 36_043,
        sha256: 'ffa3b13a3d2b5496a4a9cb95da8f067972bcd00a6be21d22d04f341f850a952b',
      },
      {
        role: 'batch',
        path: 'samples/bikes/bikes-2012.csv',
        name: 'bikes-2012.csv',
        bytes: 36_357,
        sha256: '701487523f0968784082c5b4379d01f0253d284d1b543c8ff3894e33115f2141',
      },
    ],
    target: 'Total Users',
    task: 'regression',
    positive: null,
    exclude: ['index', 'Year', 'Number of Casual Users', 'Number of Registered Users'],
    group: null,
    time: 'Date',
    rows: 731,
    licence: 'CC BY 4.0',
    source: 'Fanaee-T and Gama (2013), Bike Sharing, UCI Machine Learning Repository, https://doi.org/10.24432/C5W894',
  },
  {
    id: 'churn',
    files: [
      {
        role: 'data',
        path: 'samples/churn/churn.csv',
        name: 'churn.csv',
        bytes: 820_677,
        sha256: 'e778f80609b5f208487a73cd94e2c8e3d97ff6184a5fa84a331c97576b1badc4',
      },
    ],
    target: 'churn',
    task: 'classification',
    positive: 'Yes',
    exclude: [],
    group: null,
    time: null,
    rows: 7043,
    licence: 'MIT',
    source: 'IBM Watson Analytics sample data, from the R package modeldata, copyright (c) 2019 Max Kuhn, RStudio',
  },
];
