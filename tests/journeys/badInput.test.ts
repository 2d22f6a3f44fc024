/** @file Bad input gets a clear answer: a sentence that says what, where and what to do, or work with what is left; and nothing that was made before is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import type {} from '../../src/headless';
import { changed, good, noise, rowsOf, textOf, writeGiant, type Cells } from './badTables';
import { launched, opened, served, until, type Heard } from './harness';

/** What these tests read of the command's report; its whole shape is checked in lifecycleCommand. */
interface Report {
  readonly data: {
    readonly rows: number;
    readonly quarantined: number;
    readonly version: string;
    readonly columns: readonly { readonly name: string; readonly type: string; readonly missing: number; readonly distinct: number }[];
    readonly problems: readonly { readonly code: string; readonly details: Readonly<Record<string, string | number>> }[];
  };
  readonly split: { readonly train: number; readonly validation: number; readonly test: number; readonly left_out: number; readonly membership: string };
  readonly runs: readonly { readonly learner: string; readonly metrics: Readonly<Record<string, { readonly value: number | null; readonly n: number }>> }[];
  readonly champion: { readonly learner: string };
  readonly gate: readonly { readonly criterion: string; readonly value: number | null; readonly n: number; readonly passed: boolean; readonly reason: string }[];
  readonly model: { readonly id: string; readonly parity: { readonly verdict: string } };
  readonly drift: {
    readonly rows: number;
    readonly quarantined: number;
    readonly performance: Readonly<Record<string, { readonly n: number }>> | null;
    readonly alerts: readonly { readonly kind: string; readonly subject: string; readonly facts: Readonly<Record<string, string | number>> }[];
  } | null;
  readonly steps: readonly { readonly op: string; readonly cached: boolean }[];
}
type Answer = { readonly kind: 'refused'; readonly sentence: string } | { readonly kind: 'done'; readonly report: Report; readonly gateFailed: boolean };
type Content = string | Buffer | { readonly path: string };
interface Asking {
  readonly name?: string;
  readonly batch?: Content;
  readonly batchName?: string;
  readonly target?: string;
  readonly task?: 'classification' | 'regression';
  readonly criteria?: readonly string[];
  readonly positive?: string;
  readonly group?: string;
  readonly exclude?: readonly string[];
  readonly recipe?: Readonly<Record<string, string>>;
  readonly engine?: 'cpu' | 'webgpu';
  readonly seed?: number;
}

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;
let folder: string;
let first: Report;
let kept: Standing;
let seeds = 1;
const lines: string[] = [];

const fileOf = (content: Content, name: string): string | { name: string; mimeType: string; buffer: Buffer } =>
  typeof content === 'object' && 'path' in content ? content.path : { name, mimeType: 'text/csv', buffer: typeof content === 'string' ? Buffer.from(content) : content };

/** Gives the page its files, and asks. Every case has a seed of its own: a split is never made by the cuts of another case. */
async function answerTo(content: Content, asking: Asking = {}): Promise<Answer> {
  await page.locator('#data').setInputFiles(fileOf(content, asking.name ?? 'table.csv'));
  if (asking.batch !== undefined) await page.locator('#batch').setInputFiles(fileOf(asking.batch, asking.batchName ?? 'batch.csv'));
  lines.length = 0;
  return (await page.evaluate((asks) => globalThis.perennial.lifecycle(asks), {
    target: asking.target ?? 'y',
    task: asking.task ?? null,
    criteria: asking.criteria ?? [],
    gate: 'value' as const,
    positive: asking.positive ?? null,
    group: asking.group ?? null,
    exclude: asking.exclude ?? [],
    recipe: asking.recipe ?? {},
    learners: [],
    engine: asking.engine ?? ('cpu' as const),
    seed: asking.seed ?? ++seeds,
    wantFiles: false,
    hasBatch: asking.batch !== undefined,
  })) as Answer;
}

interface Standing {
  readonly sequence: number;
  readonly versions: readonly string[];
  readonly runs: readonly string[];
  readonly models: readonly string[];
}

/** Where the project stands: the number of its moves, and what it has. */
const standing = (): Promise<Standing> =>
  page.evaluate(async () => {
    const project = await globalThis.perennial.open();
    const { versions, runs, models } = project.state;
    const found = { sequence: project.head.sequence, versions: versions.map(({ table }) => table), runs: runs.map(({ model }) => model), models: models.map(({ model }) => model) };
    await project.close();
    await project.database.close();
    return found;
  });

/** The store is sound, byte for byte, and still has all that it had. Where nothing was written there is nothing to hash again. */
async function nothingIsLost(before: Standing): Promise<Standing> {
  const now = await standing();
  if (now.sequence !== before.sequence) expect(await page.evaluate(() => globalThis.perennial.check()), 'faults in the store').toEqual([]);
  for (const part of ['versions', 'runs', 'models'] as const) expect(now[part].slice(0, before[part].length), part).toEqual(before[part]);
  expect(heard.errors).toEqual([]);
  return now;
}

/** Refused with a sentence that has all these parts, and that stands on one line. `unmoved`: before the project made a single move. */
async function refused(content: Content, parts: readonly (string | RegExp)[], asking: Asking & { readonly unmoved?: boolean } = {}): Promise<void> {
  const before = await standing();
  const answer = await answerTo(content, asking);
  expect(answer, 'refused').toMatchObject({ kind: 'refused' });
  if (answer.kind !== 'refused') return;
  for (const part of parts) expect(answer.sentence).toMatch(part);
  expect(answer.sentence).toMatch(/^\S.*\.$/);
  expect(answer.sentence).not.toMatch(/undefined|NaN|\[object|\{/);
  const now = await nothingIsLost(before);
  if (asking.unmoved ?? true) expect(now.sequence, 'moves of the project').toBe(before.sequence);
}

/** Worked with. The export of the champion was run and agrees. */
async function worked(content: Content, asking: Asking = {}): Promise<Report> {
  const before = await standing();
  const answer = await answerTo(content, asking);
  expect(answer.kind === 'refused' ? answer.sentence : '', 'refused').toBe('');
  if (answer.kind !== 'done') throw new Error('refused');
  const { report } = answer;
  expect(report.model.parity.verdict).toBe('passed');
  expect(report.split.train + report.split.validation + report.split.test + report.split.left_out).toBe(report.data.rows);
  expect(report.runs.map((run) => run.learner)).toEqual(['baseline', 'linear', 'boosting', 'dense']);
  await nothingIsLost(before);
  return report;
}

const column = (report: Report, name: string): Report['data']['columns'][number] => {
  const found = report.data.columns.find((one) => one.name === name);
  expect(found, name).toBeDefined();
  return found!;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-bad-'));
  server = await served();
  browser = await launched();
  heard = await opened(browser, `${server.origin}/?entry=headless`);
  page = heard.page;
  await page.exposeFunction('perennialProgress', (line: string) => void lines.push(line));
  await until('the headless entry has started', () => page.evaluate(() => typeof globalThis.perennial?.lifecycle === 'function'));
  first = ((await answerTo(good(120), { seed: 1 })) as { readonly report: Report }).report;
  kept = await standing();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a file that is no table is refused, and says so with its name', () => {
  it.each<[string, Content, (string | RegExp)[], string?]>([
    ['empty', '', ['table.csv is empty', 'Choose another file']],
    ['blank lines only', '\n \r\n\n', ['table.csv is empty', 'Choose another file']],
    ['a header and nothing under it', 'a,b,y\n', ['table.csv', 'header of 3 columns and no rows', 'Add rows']],
    ['a header without a line end', 'a,b,y', ['table.csv', 'header of 3 columns and no rows', 'Add rows']],
    ['a picture', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise(3000)]), ['table.csv is not a table', 'a PNG image', 'Open a CSV']],
    ['noise', noise(5000), ['table.csv is not a table', 'binary data', 'Open a CSV']],
    ['zeros', Buffer.alloc(5000), ['table.csv is not a table', 'binary data', 'Open a CSV']],
    ['a table that ends in zeros', Buffer.concat([Buffer.from(good(30)), Buffer.alloc(500)]), ['table.csv is not a table', 'binary data', 'Open a CSV']],
    ['a Parquet file that is cut off', Buffer.from('PAR1abcdefghijklm'), ['t.parquet is not a Parquet file that can be read', 'cut off', 'Write it again'], 't.parquet'],
    ['a workbook that is cut off', Buffer.from('504b0304140000000800', 'hex'), ['t.xlsx could not be read', 'Save it again'], 't.xlsx'],
    ['JSON that is cut off', '{"a":1,\n"y":', ['t.json', '2 rows were held back', 'not JSON', 'Write one object a line'], 't.json'],
    ['rows that are all held back', 'a,b,y\n"p"x,1,2\n"q"x,3,4\n', ['Not one row of table.csv could be read', '2 rows were held back', 'quote', 'line 2', 'Check the']],
    ['more columns than can be worked with', textOf(Array.from({ length: 20_000 }, (_, i) => `c${i}`), [Array.from({ length: 20_000 }, () => 1)]), ['20,000 columns', 'at most 10,000', 'Leave some out']],
  ])('%s', async (_, content, parts, name) => {
    await refused(content, parts, name === undefined ? {} : { name });
  });
});

describe('a line of 200 MB', () => {
  const rest = textOf([], rowsOf(140)).slice(1);
  it.each([
    ['with a quote that is never closed', '1,"', 'x'],
    ['of very many fields', '', 'x,'],
  ])('%s is held back, and the rows after it are read', async (_, start, filling) => {
    const path = writeGiant(join(folder, 'giant.csv'), good(60), start, filling, rest);
    const report = await worked({ path });
    expect(report.data).toMatchObject({ rows: 200, quarantined: 1 });
    expect(column(report, 'a')).toMatchObject({ type: 'number', missing: 0 });
  });

  it('alone is refused', async () => {
    await refused({ path: writeGiant(join(folder, 'alone.csv'), '', '', 'x', '') }, ['Not one row of alone.csv', '1 row was held back', 'longer than one megabyte']);
  });
});

describe('rows that do not fit are held back, and the rest is worked with', () => {
  it('ragged rows', async () => {
    const report = await worked(`${good(60)}1,p\n2,q,yes,more\n3\n`);
    expect(report.data).toMatchObject({ rows: 60, quarantined: 3, problems: [{ code: 'raggedRows', details: { rows: 3 } }] });
    expect(lines.join('\n')).toContain('more or fewer fields than the header');
  });

  it('an unclosed quote in the middle', async () => {
    const report = await worked(changed(80, ([a, b, y], i) => [a, i === 40 ? `"${b}` : b, y]));
    expect(report.data).toMatchObject({ rows: 79, quarantined: 1 });
    expect(column(report, 'b')).toMatchObject({ type: 'category', distinct: 3 });
  });

  it('Infinity is held back, NaN is missing', async () => {
    const report = await worked(changed(80, ([a, b, y], i) => [i % 10 === 1 ? 'NaN' : i % 20 === 2 ? 'Infinity' : i % 20 === 3 ? '-inf' : a, b, y]));
    expect(report.data).toMatchObject({ rows: 72, quarantined: 8 });
    expect(column(report, 'a')).toMatchObject({ type: 'number', missing: 8 });
  });

  it('Infinity and NaN in a numeric target', async () => {
    const report = await worked(changed(80, ([a, b], i) => [a, b, i % 10 === 1 ? 'NaN' : i % 20 === 2 ? 'Infinity' : i === 3 ? '1e999' : (2 * Number(a) + i / 100).toFixed(2)]));
    expect(report.data).toMatchObject({ rows: 75, quarantined: 5 });
    expect(report.split.left_out).toBe(8);
    expect(report.runs[1]!.metrics.r2!.value).toBeGreaterThan(0.5);
  });

  it('numbers at the edge of what there is', async () => {
    const report = await worked(changed(80, ([a, b, y], i) => [i === 5 ? '1e308' : i === 6 ? '-1e308' : a, b, y]));
    expect(report.data).toMatchObject({ rows: 80, quarantined: 0 });
  });
});

describe('names of columns are data', () => {
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'N'.repeat(10_000), '😀🧮', '\u202eabc\u200f', '"quo""ted"', '"""><script>alert(1)</script>"'];

  it('hostile ones', async () => {
    const report = await worked(
      changed(80, ([a, b, y], _, chance) => [a, b, chance().toFixed(2), chance() > 0.5 ? 'u' : 'v', chance().toFixed(2), 'xyz'[Math.floor(3 * chance())]!, chance().toFixed(3), b, `${b}z`, y], [...hostile, 'y']),
      { criteria: ['accuracy[__proto__>=1]>=0', 'accuracy[constructor=p]>=0', 'accuracy["\\"><script>alert(1)</script>"=pz]>=0'] },
    );
    const names = report.data.columns.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(hostile.slice(0, 4));
    expect(names[4]).toMatch(/^N{199}…$/);
    expect(names.slice(5)).toEqual(['😀🧮', '\u202eabc\u200f', 'quo"ted', '"><script>alert(1)</script>', 'y']);
    expect(report.data.problems).toContainEqual({ code: 'renamedColumns', details: { count: 1, first: names[4]! } });
    expect(report.gate.map(({ passed }) => passed)).toEqual([true, true, true]);
  });

  it('a hostile target, hostile classes and hostile categories', async () => {
    const report = await worked(
      changed(80, ([a, b, y]) => [a, b === 'p' ? '__proto__' : b === 'q' ? 'constructor' : 'toString', y === 'yes' ? '__proto__' : 'valueOf'], ['a', 'constructor', '__proto__']),
      { target: '__proto__', positive: '__proto__', criteria: ['recall[constructor=__proto__]>=0'] },
    );
    expect(column(report, '__proto__')).toMatchObject({ distinct: 2 });
    expect(report.gate).toMatchObject([{ passed: true }]);
  });

  it('twice the same, and none', async () => {
    const report = await worked(changed(60, (row, i) => [...row, i % 7], ['a', 'a', 'y', '']));
    expect(report.data.columns.map(({ name }) => name)).toEqual(['a', 'a (2)', 'y', 'column 4']);
    expect(lines.join('\n')).toContain('2 columns have no name of their own');
  });
});

describe('a target that cannot be learnt is refused by its name', () => {
  const target = (value: (i: number) => string): string => changed(60, ([a, b], i) => [a, b, value(i)]);
  it.each<[string, Content, (string | RegExp)[], Asking?]>([
    ['one column', textOf(['y'], rowsOf(40, (_, i) => [i % 3 === 0 ? 'yes' : 'no'])), ['There is 1 distinct row with a target', 'at least', 'Add rows']],
    ['all missing', target(() => ''), ['“y” is empty in all 60 rows', 'Choose another target']],
    ['one class', target(() => 'same'), ['“y” has a single value, “same”', 'choose another target']],
    ['one number', target(() => '7'), ['“y” has a single value, “7”', 'choose another target']],
    ['nearly as many classes as rows', target((i) => `name${i < 2 ? 0 : i}`), ['“y” has 59 different values in 60 rows', 'choose another target']],
    ['every class once, few rows', changed(10, ([a, b], i) => [a, b, `once${i}`]), ['validation part', '10 rows', 'Add rows']],
    ['fewer rows than classes', changed(40, ([a], i) => [`g${i % 5}`, a, `c${i % 8}`], ['g', 'a', 'y']), ['5 rows for 8 classes', 'add rows, or merge classes'], { group: 'g' }],
    ['three rows', good(3), ['3 distinct rows', 'at least 5', 'Add rows']],
    ['always the same row', changed(60, (_, i) => ['1', 'p', i % 2 === 0 ? 'yes' : 'no']), ['1 distinct row', 'Add rows']],
    ['constant features only', changed(60, ([, , y], i) => [5, 7.5, i, y], ['k', 'm', 'id', 'y']), [/None of the 3 other columns can be learnt from/, 'constant', 'include a column']],
    ['words, for regression', good(60), ['“y” is of type category', 'regression predicts numbers', 'classification'], { task: 'regression' }],
    ['a positive class that is none', good(60), ['“maybe” is not a class of “y”', '“no” and “yes”'], { positive: 'maybe' }],
    ['a positive class for numbers', changed(60, ([a], i) => [i, a], ['i', 'y']), ['“yes” cannot be the positive class', '“y” has numbers', 'Leave the positive class out'], { positive: 'yes' }],
    ['everything excluded', good(60), ['None of the 2 other columns', 'excluded', 'include a column'], { exclude: ['a', 'b'] }],
  ])('%s', async (_, content, parts, asking = {}) => {
    await refused(content, parts, { ...asking, unmoved: false });
  });

  it.each<[string, (string | RegExp)[], Asking]>([
    ['a target that is absent', ['no column “Y”', 'exactly as in the header'], { target: 'Y' }],
    ['a group that is absent', ['no column “grp”', 'exactly as in the header'], { group: 'grp' }],
    ['an excluded column that is absent', ['no column “zz”', 'exactly as in the header'], { exclude: ['a', 'zz'] }],
    ['an engine that is not on this device', ['The engine webgpu cannot be used here', 'no graphics adapter', 'the plain one always works'], { engine: 'webgpu' }],
  ])('%s', async (_, parts, asking) => {
    await refused(good(60), parts, { ...asking, unmoved: false });
  });

  it('three rows, two of one class, even after a larger table: another import has cuts of its own', async () => {
    await refused(good(3), [/There are 3 distinct rows|The (?:train|validation|test) part/, 'Add rows'], { seed: 1, unmoved: false });
  });
});

it('a seed of 0 is refused before anything is read', async () => {
  await refused(good(60), ['A seed is a whole number from 1', 'not 0'], { seed: 0 });
});

describe('a bad criterion is refused before anything is trained', () => {
  it.each<[string, string, (string | RegExp)[]]>([
    ['an operator that is none', 'roc_auc>0.5', ['“roc_auc>0.5” is not a criterion', 'character 8', '>= <= was expected']],
    ['a bracket that stays open', 'roc_auc[b=p', ['character 12', '] was expected']],
    ['a word for a number', 'roc_auc>=high', ['character 10', 'number was expected']],
    ['an unknown metric', 'goodness>=0.5', ['no metric “goodness”', 'roc_auc']],
    ['a hostile metric', '__proto__>=0.5', ['no metric “__proto__”', 'roc_auc']],
    ['a target out of range', 'roc_auc>=85', ['roc_auc cannot reach 85', 'between 0 and 1']],
  ])('%s', async (_, criterion, parts) => {
    await refused(good(60), parts, { criteria: ['accuracy>=0.5', criterion] });
  });

  it('a slice of a column that is not there', async () => {
    await refused(good(60), ['asks about “sex”', 'no column of this table', 'Check the name'], { criteria: ['accuracy[sex=Female]>=0.5'], unmoved: false });
    expect(lines.filter((line) => line.startsWith('training'))).toEqual([]);
  });

  it('a metric of another task', async () => {
    await refused(good(60), ['rmse cannot be computed', 'two classes', 'Choose another metric'], { criteria: ['rmse<=3'], unmoved: false });
    expect(lines.filter((line) => line.startsWith('training'))).toEqual([]);
  });

  it('a slice without rows fails the gate, with its reason', async () => {
    const report = await worked(good(60), { criteria: ['accuracy[b=nobody]>=0.5'] });
    expect(report.gate).toMatchObject([{ criterion: 'accuracy[b=nobody]>=0.5', value: null, n: 0, passed: false, reason: 'emptySlice' }]);
    expect(lines).toContain('No row belongs to the slice b=nobody. Check the values.');
  });
});

describe('a batch', () => {
  const batch = (change: Parameters<typeof rowsOf>[1], header?: Cells): string => changed(40, change, header);
  it.each<[string, Content, (string | RegExp)[]]>([
    ['lacks a column', batch(([a, , y]) => [a, y], ['a', 'y']), ['lacks the column “b”', 'Add the column']],
    ['has words for numbers', batch(([, b, y], i) => [`word${i % 3}`, b, y]), ['Not one row of batch.csv', '40 rows were held back', 'not a number', 'column “a”', 'types']],
    ['is empty', '', ['batch.csv is empty', 'Choose another file']],
    ['has a header only', 'a,b,y\n', ['batch.csv has a header of 3 columns and no rows', 'Add rows']],
    ['is a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), ['batch.csv is not a table', 'PNG image']],
  ])('that %s is refused', async (_, content, parts) => {
    await refused(good(120), parts, { seed: 1, batch: content, unmoved: false });
  });

  it('with a new category is watched, and says so', async () => {
    const { drift } = await worked(good(120), { seed: 1, batch: batch(([a, b, y], i) => [a, i % 4 === 0 ? 'new' : b, y]) });
    expect(drift).toMatchObject({ rows: 40, quarantined: 0 });
    expect(drift!.alerts).toContainEqual(expect.objectContaining({ subject: 'b', facts: expect.objectContaining({ finding: 'newCategories', first: 'new', rows: 10 }) as unknown }));
  });

  it('with a few words for numbers is watched without them', async () => {
    const { drift } = await worked(good(120), { seed: 1, batch: batch(([a, b, y], i) => [i < 3 ? 'word' : a, b, y]) });
    expect(drift).toMatchObject({ rows: 37, quarantined: 3 });
  });

  it('without the target is watched, and not judged', async () => {
    const { drift } = await worked(good(120), { seed: 1, batch: batch(([a, b]) => [a, b], ['a', 'b']) });
    expect(drift).toMatchObject({ rows: 40, performance: null });
  });

  it('with a class that is new is judged on the others', async () => {
    const { drift } = await worked(good(120), { seed: 1, batch: batch(([a, b, y], i) => [a, b, i % 4 === 0 ? 'perhaps' : y]) });
    expect(drift!.performance!.accuracy!.n).toBe(30);
  });
});

describe('letters', () => {
  const towns: Readonly<Record<string, string>> = { p: 'Köln', q: 'Łódź', r: 'Ōsaka' };
  const text = changed(60, ([a, b, y]) => [a, towns[b]!, y], ['größe', 'stadt', 'y']);
  const western = changed(60, ([a, b, y]) => [a, b === 'p' ? 'Köln' : b === 'q' ? 'Málaga' : 'Besançon', y], ['größe', 'stadt', 'y']);
  it.each<[string, Buffer, string]>([
    ['UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]), 'Łódź'],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]), 'Łódź'],
    ['UTF-8 with a mark of byte order', Buffer.from(`\ufeff${text}`), 'Łódź'],
    ['windows-1252', Buffer.from(western, 'latin1'), 'Málaga'],
  ])('%s', async (_, content, town) => {
    const report = await worked(content, { criteria: [`accuracy[stadt=${town}]>=0`] });
    expect(report.data.columns).toMatchObject([{ name: 'größe', type: 'number' }, { name: 'stadt', type: 'category', distinct: 3 }, { name: 'y' }]);
    expect(report.data).toMatchObject({ rows: 60, problems: [] });
    expect(report.gate[0]!.reason).toBe('meets');
  });

  it('a broken byte within UTF-8 spoils one cell, and is reported', async () => {
    const bytes = Buffer.from(text);
    bytes[bytes.lastIndexOf('K') + 1] = 0xff;
    const report = await worked(bytes);
    expect(report.data).toMatchObject({ rows: 60, quarantined: 0, problems: [{ code: 'replacedCharacters', details: { cells: 1 } }] });
    expect(report.data.columns).toMatchObject([{ name: 'größe' }, { name: 'stadt', distinct: 4 }, {}]);
    expect(lines.join('\n')).toContain('1 cell holds letters that this encoding cannot read');
  });
});

describe('tables that look odd and are good', () => {
  const plain = good(60);
  it.each<[string, string]>([
    ['semicolons and decimal commas', textOf(['a', 'b', 'y'], rowsOf(60, ([a, b, y]) => [a.replace('.', ','), b, y]), ';')],
    ['lines that end in CR', plain.replaceAll('\n', '\r')],
    ['lines that end in CR LF', plain.replaceAll('\n', '\r\n')],
    ['every field quoted', plain.replaceAll(/[^,\n]+/g, '"$&"')],
  ])('%s are the same table', async (_, content) => {
    const { data, split } = await worked(content, { seed: 77 });
    const same = await worked(plain, { seed: 77 });
    expect({ data: { ...data, seconds: 0 }, split }).toEqual({ data: { ...same.data, seconds: 0 }, split: same.split });
  });

  it('line ends and quotes within quotes', async () => {
    const report = await worked(changed(60, ([a, b, y]) => [a, `"${b}\nline two, ""q"""`, y]), { criteria: ['accuracy[b="p\nline two, \\"q\\""]>=0'] });
    expect(report.data).toMatchObject({ rows: 60, quarantined: 0 });
    expect(report.gate[0]!.reason).toBe('meets');
  });

  it('2,000 columns', async () => {
    const started = Date.now();
    const names = Array.from({ length: 2000 }, (_, i) => (i === 1999 ? 'y' : `c${i}`));
    const report = await worked(textOf(names, rowsOf(50, (_, i, chance) => names.map((name) => (name === 'y' ? (i % 2 === 0 ? 'yes' : 'no') : chance().toFixed(3))))));
    expect(report.data.columns).toHaveLength(2000);
    expect(Date.now() - started, 'ms').toBeLessThan(120_000);
  });

  it('classes with one row each beside large ones', async () => {
    const report = await worked(changed(40, ([a, b, y], i) => [a, b, i < 4 ? `once${i}` : y]));
    expect(column(report, 'y').distinct).toBe(6);
  });

  it('constant columns beside one that is not', async () => {
    const report = await worked(changed(60, ([a, , y]) => [5, 'same', a, y], ['k', 'm', 'a', 'y']));
    expect([column(report, 'k').distinct, column(report, 'm').distinct]).toEqual([1, 1]);
    expect(report.champion.learner).not.toBe('baseline');
  });

  it.each<[string, [string, string], string]>([
    ['true and false', ['true', 'false'], 'boolean'],
    ['1 and 0', ['1', '0'], 'integer'],
  ])('a target of %s is two classes', async (_, [yes, no], type) => {
    const report = await worked(changed(60, ([a, b, y]) => [a, b, y === 'yes' ? yes : no]));
    expect(column(report, 'y').type).toBe(type);
    expect(Object.keys(report.runs[0]!.metrics)).toContain('roc_auc');
  });

  it('a target of dates is a number', async () => {
    const report = await worked(changed(80, ([a, b], i) => [a, b, `2024-01-${String(1 + ((i * 7) % 28)).padStart(2, '0')}`]));
    expect(column(report, 'y').type).toBe('date');
    expect(Object.keys(report.runs[0]!.metrics)).toEqual(['r2', 'rmse', 'mae']);
  });

  it('rows that come three times stay on one side each', async () => {
    const once = rowsOf(40);
    const report = await worked(textOf(['a', 'b', 'y'], [...once, ...once, ...once]));
    expect(report.data.rows).toBe(120);
    for (const part of ['train', 'validation', 'test'] as const) expect(report.split[part] % 3, part).toBe(0);
  });

  it('leading zeros and integers beyond 2^53 are kept to the last digit', async () => {
    const report = await worked(
      changed(80, ([a, , y], i) => [String(i).padStart(6, '0'), `0${1000 + (i % 4)}`, `90071992547409${93 + (i % 2)}`, a, y], ['id', 'code', 'big', 'a', 'y']),
      { criteria: ['accuracy[big="9007199254740993"]>=0', 'accuracy[big="9007199254740994"]>=0', 'accuracy[code="01003"]>=0'] },
    );
    expect(report.data.columns.map(({ type }) => type)).toEqual(['identifier', 'category', 'category', 'number', 'category']);
    expect(column(report, 'big').distinct).toBe(2);
    expect(report.gate.map(({ reason }) => reason)).toEqual(['meets', 'meets', 'meets']);
  });
});

it('after all of this, what was made first is found, not made again', async () => {
  const report = await worked(good(120), { seed: 1 });
  expect([report.data.version, report.split.membership, report.model.id, report.runs]).toEqual([first.data.version, first.split.membership, first.model.id, first.runs.map((run) => ({ ...run, seconds: expect.any(Number) as unknown }))]);
  expect(report.steps.filter(({ cached }) => !cached)).toEqual([]);
  const now = await standing();
  expect(now.versions.slice(0, kept.versions.length)).toEqual(kept.versions);
});
