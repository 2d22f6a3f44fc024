/** @file The samples: the files that are shipped are the files that the registry describes. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../src/domain/data/instant';
import { samples, type Sample, type SampleFile } from '../../../../src/domain/data/samples';
import { imported } from '../../workers/data/import/imported';

const publicFolder = fileURLToPath(new URL('../../../../public', import.meta.url));
const bytesOf = (file: SampleFile): Buffer => readFileSync(join(publicFolder, file.path));

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** By path: each file is parsed once. */
const tables = new Map<string, Cells>();

/** Header and rows as RFC 4180 has them, nothing guessed. */
function tableOf(file: SampleFile): Cells {
  const known = tables.get(file.path);
  if (known !== undefined) return known;
  const { data, errors } = Papa.parse<string[]>(bytesOf(file).toString('utf8'), { delimiter: ',', newline: '\n', skipEmptyLines: false });
  expect(errors).toEqual([]);
  const [header = [], ...rows] = data;
  // The file ends with a line end, which papaparse takes for one more, empty record.
  expect(rows.pop()).toEqual(['']);
  tables.set(file.path, { header, rows });
  return { header, rows };
}

const sampleOf = (id: string): Sample => samples.find((sample) => sample.id === id)!;

const columnOf = (file: SampleFile, name: string): string[] => {
  const { header, rows } = tableOf(file);
  const at = header.indexOf(name);
  expect(at, name).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at]!);
};

const count = (values: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('the list of samples', () => {
  it('names every folder of public/samples once, and no other', () => {
    expect(samples.map(({ id }) => id).sort()).toEqual(readdirSync(join(publicFolder, 'samples')).sort());
  });

  it('lists every table that lies in the folders', () => {
    const listed = samples.flatMap(({ files }) => files.map(({ path }) => path)).sort();
    const found = samples.flatMap(({ id }) =>
      readdirSync(join(publicFolder, 'samples', id))
        .filter((name) => name.endsWith('.csv'))
        .map((name) => `samples/${id}/${name}`),
    );
    expect(found.sort()).toEqual(listed);
  });
});

describe.each(samples.map((sample) => [sample.id, sample] as const))('the sample %s', (id, sample) => {
  it('begins with its one data file, in its own folder, under a relative path', () => {
    expect(sample.files.map(({ role }) => role === 'data')).toEqual(sample.files.map((_, at) => at === 0));
    for (const { path, name } of sample.files) expect(path).toBe(`samples/${id}/${name}`);
  });

  it('has files of the registered size and SHA-256', () => {
    for (const file of sample.files) {
      const bytes = bytesOf(file);
      expect({ name: file.name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
        name: file.name,
        bytes: file.bytes,
        sha256: file.sha256,
      });
    }
  });

  it('has the registered number of rows, each as long as the header, no cell with spaces around it', () => {
    let total = 0;
    for (const file of sample.files) {
      const { header, rows } = tableOf(file);
      expect(rows.findIndex((row) => row.length !== header.length)).toBe(-1);
      expect(rows.findIndex((row) => row.some((cell) => cell === '' || cell !== cell.trim()))).toBe(-1);
      total += rows.length;
    }
    expect(total).toBe(sample.rows);
  });

  it('has one header in all files, with distinct names, and every column that the registry names', () => {
    const [first = [], ...others] = sample.files.map((file) => tableOf(file).header);
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    const named = [sample.target, ...sample.exclude, ...[sample.group, sample.time].filter((name) => name !== null)];
    expect(named.filter((name) => !first.includes(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('has a target that fits its task', () => {
    for (const file of sample.files) {
      const target = columnOf(file, sample.target);
      if (sample.task === 'classification') {
        const classes = [...new Set(target)];
        expect(classes).toHaveLength(2);
        expect(classes).toContain(sample.positive);
      } else {
        expect(sample.positive).toBeNull();
        expect(target.filter((cell) => !Number.isFinite(Number(cell)))).toEqual([]);
      }
    }
  });

  it('is read by our own importer with nothing asked: every row, no quarantine, a target and a time of the right type', async () => {
    let total = 0;
    for (const file of sample.files) {
      const { summary } = await imported(new Blob([new Uint8Array(bytesOf(file))]), {}, file.name);
      expect(summary).toMatchObject({ quarantinedCount: 0, renamed: [], replacedCharacters: 0 });
      const typeOf = new Map(summary.columns.map(({ name, type }) => [name, type]));
      expect(typeOf.get(sample.target)).toBe(sample.task === 'classification' ? 'category' : 'integer');
      if (sample.time !== null) expect(typeOf.get(sample.time)).toBe('date');
      total += summary.rows;
    }
    expect(total).toBe(sample.rows);
  });

  it('has a README that names its licence, its files and the columns to leave out', () => {
    const readme = readFileSync(join(publicFolder, 'samples', id, 'README.md'), 'utf8');
    for (const text of [sample.licence, sample.target, ...sample.exclude, ...sample.files.map(({ name }) => name)]) expect(readme).toContain(text);
  });

  it('is named in NOTICE, and an MIT sample has its licence text beside it', () => {
    const notice = readFileSync(join(publicFolder, '..', 'NOTICE'), 'utf8');
    expect(notice).toContain(`public/samples/${id}\n`);
    expect(notice).toContain(sample.licence);
    const licence = join(publicFolder, 'samples', id, 'LICENSE.txt');
    expect(existsSync(licence)).toBe(sample.licence === 'MIT');
    if (sample.licence === 'MIT') expect(readFileSync(licence, 'utf8')).toContain('Permission is hereby granted, free of charge');
  });
});

describe('what the samples are said to teach', () => {
  it('holds of the census: two labels, `?` for missing, the published counts', () => {
    const file = sampleOf('census').files[0]!;
    expect(count(columnOf(file, 'income'))).toEqual(
      new Map([
        ['<=50K', 37_155],
        ['>50K', 11_687],
      ]),
    );
    expect(['workclass', 'occupation', 'native-country'].map((name) => count(columnOf(file, name)).get('?'))).toEqual([2799, 2809, 857]);
  });

  it('holds of the bicycles: the two counts add up to the target, and 2012 comes after 2011', () => {
    const days = sampleOf('bikes').files.map((file) => {
      const [casual, registered, total] = ['Number of Casual Users', 'Number of Registered Users', 'Total Users'].map((name) =>
        columnOf(file, name).map(Number),
      ) as [number[], number[], number[]];
      expect(total.filter((value, row) => value !== casual[row]! + registered[row]!)).toEqual([]);
      return { times: columnOf(file, 'Date').map(instantOf), mean: total.reduce((sum, value) => sum + value, 0) / total.length };
    });
    expect(days.map(({ times }) => times.length)).toEqual([365, 366]);
    const times = days.flatMap((part) => part.times);
    // One day after another without a gap; a date that cannot be read would be NaN and fail.
    expect(times.slice(1).filter((time, row) => time - times[row]! !== 86_400_000)).toEqual([]);
    expect(days.map(({ mean }) => Math.round(mean * 10) / 10)).toEqual([3405.8, 5599.9]);
  });

  it('holds of the churn: the published counts, and 11 totals missing for customers not billed yet', () => {
    const file = sampleOf('churn').files[0]!;
    expect(count(columnOf(file, 'churn'))).toEqual(
      new Map([
        ['No', 5174],
        ['Yes', 1869],
      ]),
    );
    const tenure = columnOf(file, 'tenure');
    const missing = columnOf(file, 'total_charges').flatMap((cell, row) => (cell === 'NA' ? [tenure[row]] : []));
    expect(missing).toEqual(new Array(11).fill('0'));
    expect(tenure.filter((months) => months === '0')).toHaveLength(11);
  });
});
