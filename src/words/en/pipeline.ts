/** @file Words of lineage, log and pipeline. */

import { changeName, eventSentence } from './events';
import { inputNames, learnerName, settingNames } from './names';
import { type Facts, count, times } from './text';

export const pipeline = {
  lineageTitle: (name: string): string => `${name}: where it comes from`,
  graphLabel: 'The graph; scrolls sideways',
  graphNote: 'Only the nearest arrows are drawn. Every input of the artifact looked at is listed below; click another to look at that.',
  lineageSub: 'Every number rests on steps, and every step on what went in. The same step on the same bytes gives the same hash, here and elsewhere.',
  lineageKicker: 'Lineage',
  graph: 'What it was made from, and what was made from it',
  graphFrom: (artifacts: number, steps: number): string => `${times(artifacts, 'artifact', 'artifacts')}, ${times(steps, 'step', 'steps')}`,
  reading: 'Following the steps',
  unknown: 'There is nothing under this hash here',
  unknownText: 'It may have been deleted, or it belongs to a project of another browser.',
  notAHash: 'An address of lineage ends in a hash: sha256: and 64 digits.',
  back: 'Back to the project',
  kinds: {
    source: 'Source file',
    table: 'Table',
    split: 'Split',
    recipe: 'Recipe',
    model: 'Model',
    scores: 'Scores',
    report: 'Report',
    comparison: 'Comparison',
    profile: 'Column statistics',
    diff: 'Differences',
    drift: 'Drift',
    package: 'Package',
  } as Readonly<Record<string, string>>,
  kindMeaning: {
    source: 'the file as it was, known by its bytes',
    table: 'rows and columns, with types',
    split: 'which row trains, validates or tests',
    recipe: 'how columns become numbers, fitted on training rows',
    model: 'what was learnt',
    scores: 'what a model said of rows',
    report: 'metrics with their intervals',
    comparison: 'two runs on the same rows',
    profile: 'what is in each column, and what is odd about it',
    diff: 'what changed between two versions',
    drift: 'a batch beside the data the model learnt from',
    package: 'the model as files for other programs',
  } as Readonly<Record<string, string>>,
  gone: 'Removed for good',
  missing: 'Not in this browser',
  role: (key: string, f: Facts): string => {
    switch (key) {
      case 'version':
        return `Version ${f.number}`;
      case 'model':
        return f.model === undefined ? `Run ${f.run}` : `Model ${f.model}, run ${f.run}`;
      case 'package':
        return `Files of model ${f.model}`;
      case 'runScores':
        return `Scores, run ${f.runs}`;
      case 'runReport':
        return `Report, run ${f.runs}`;
      case 'testReport':
        return `Test report, run ${f.runs}`;
      case 'split':
        return Number(f.count) === 0 ? 'Split in force' : 'Split';
      case 'recipe':
        return Number(f.count) === 1 ? `Recipe, run ${f.runs}` : 'Recipe';
      case 'batch':
        return `Batch ${f.name}`;
      case 'drift':
        return `Drift of ${f.name}`;
      default:
        return key;
    }
  },
  roleLine: (key: string, f: Facts): string =>
    key === 'version' || key === 'batch' ? times(f.rows, 'row', 'rows') : key === 'model' ? learnerName(f.learner, f.task) : (key === 'split' || key === 'recipe') && Number(f.count) > 1 ? `runs ${f.runs}` : '',
  what: 'What it is',
  hash: 'Hash',
  size: 'Bytes kept',
  file: 'File',
  fileHash: 'SHA-256 of the file',
  state: 'State',
  stale: 'out of date: the data or the split in hand is another',
  current: 'as good as when it was made',
  howMade: 'How it was made',
  step: 'Step',
  stepVersion: (op: string, version: number): string => `${op}, version ${version}`,
  stepKey: 'Step key',
  settings: 'Settings',
  noSettings: 'none',
  madeFrom: 'Made from',
  usedBy: 'Used for',
  nothingUses: 'nothing yet',
  when: 'When',
  took: (seconds: string): string => `${seconds} s`,
  tookName: 'Took',
  found: 'found, not computed here: the same step was done before',
  sourceText: 'No step made it: it came from outside.',
  tombstone: (day: string): string => `Removed for good on ${day}. Its hash stays, so that what was made from it can still be told.`,
  op: (op: string): string => {
    const names: Readonly<Record<string, string>> = {
      import: 'read a file',
      edit: 'change cells or columns',
      append: 'add rows',
      correct: 'correct rows held back',
      profile: 'measure columns',
      diff: 'compare two versions',
      split: 'deal rows out',
      recipe: 'fit the recipe',
      train: 'train',
      crossValidate: 'cross-validate',
      score: 'score rows',
      evaluate: 'evaluate',
      compare: 'compare two runs',
      package: 'write the files',
      drift: 'compare a batch',
    };
    return names[op] ?? op;
  },
  setting: (name: string): string => settingNames[name.replace(/^parsing\./, 'options.')] ?? name.replace(/^(parsing|options|plan|hyperparameters)\./, ''),
  settingValue: (value: string): string => (value === 'true' ? 'yes' : value === 'false' ? 'no' : value === '\t' ? 'tab' : /^[^\p{L}\p{N}]$/u.test(value) ? `“${value}”` : value),
  inputName: (name: string): string => inputNames[name] ?? name,
  lineageGuide: 'Why hashes',
  lineageGuide1: 'A hash is a fingerprint of bytes. If one byte of the data changes, its fingerprint changes, and so does that of everything made from it.',
  lineageGuide2: 'So two people who see the same hash have the same thing, and a report that names its inputs cannot quietly become about something else.',
  lineageGuideTry: 'follow the arrows back from a model to the file it began with.',
  logTitle: 'Everything that happened',
  logKicker: 'Log',
  logSub: 'What was done, decided and measured, in order. Entries are added and never changed; an undo is an entry of its own.',
  logFrom: (shown: number, all: number): string => (shown === all ? times(all, 'entry', 'entries') : `${count(shown)} of ${times(all, 'entry', 'entries')}`),
  filter: 'Show',
  all: 'Everything',
  whole: 'The project',
  steps: 'Steps and measurements too',
  now: 'in force',
  noEvents: 'Nothing of this kind has happened yet',
  noEventsText: 'Choose another stage, or show everything.',
  showAll: 'Show everything',
  more: (n: number): string => `Show ${count(n)} earlier`,
  seeLineage: 'lineage',
  logGuide: 'A memory that does not flatter',
  logGuide1: 'The log is written by what happens, not by people. That is what makes it worth reading a year later.',
  logGuide2: 'Looks at the test rows are counted here, and so are criteria that were changed afterwards.',
  logGuideTry: 'undo something, and see that the log got longer.',
  today: (time: string): string => `today ${time}`,
  yesterday: (time: string): string => `yesterday ${time}`,
  event: (kind: string, f: Facts): string => eventSentence(kind, f),
  change: (kind: string, f: Facts): string => changeName(kind, f),
};

// One sentence per refusal code: what is wrong, where, and what to do.
// The guide beside each page, in the book face.
