/** @file Words of the frame around every page: header, rail, jobs, notices. */

import { isLearner, learnerName } from './names';
import { count, times, aboutSeconds } from './text';

export const shell = {
  product: 'Perennial',
  productHome: 'Perennial, project home',
  skip: 'Skip to the page',
  stages: 'Stages',
  home: 'Project home',
  guide: 'Guide',
  putAway: 'put away',
  undo: 'Undo',
  redo: 'Redo',
  undoOf: (change: string): string => `Undo: ${change}`,
  redoOf: (change: string): string => `Redo: ${change}`,
  undone: (change: string): string => `Undone: ${change}.`,
  redone: (change: string): string => `Done again: ${change}.`,
  nothingToUndo: 'nothing to undo',
  nothingToRedo: 'nothing to redo',
  display: 'Display',
  jobs: 'Running jobs',
  noJobs: 'Nothing is being computed.',
  moreJobs: (n: number): string => `${count(n)} more`,
  stop: 'Stop',
  stopJob: (name: string): string => `Stop: ${name}`,
  abort: 'Throw away',
  abortJob: (name: string): string => `Throw away: ${name}`,
  stopAndKeep: 'Stop and keep',
  stopping: 'stopping',
  saved: 'Saved',
  saving: 'Saving',
  notSaved: 'Not saved',
  inHand: 'in hand',
  projects: 'Projects',
  following: 'Another tab writes to this project',
  followingText: 'This tab follows what happens there and cannot change anything. One tab writes at a time, so that two cannot overwrite each other.',
  takeOver: 'Take over here',
  update: 'A newer version is ready',
  updateText: 'It is stored already. Everything here is saved first; the page then reloads once.',
  updateNow: 'Save and update',
  updateLate: 'The newer version has not taken over yet',
  updateLateText: 'Everything is saved. Reload, and agree once more if you are asked; if this comes back, close every tab of Perennial and open it again.',
  offlineReady: 'Ready offline. Nothing leaves this device.',
  offlineFetching: (done: number, of: number): string => `Storing the app for offline use: ${count(done)} of ${count(of)} MB. Nothing leaves this device.`,
  offlinePartly: 'Partly stored for offline use. Nothing leaves this device.',
  offlineNot: 'Not stored for offline use yet. Nothing leaves this device.',
  noSuchPage: 'There is no such page',
  noSuchPageText: 'The address may be mistyped. The stages on the left lead on.',
  noSuchProject: 'There is no such project here',
  pageFailed: 'This page could not be loaded',
  cannotStart: 'Perennial cannot start here',
  reload: 'Reload',
};

export const states = {
  none: 'Nothing yet',
  progress: 'In progress',
  evidence: 'Evidence',
  stale: 'Out of date',
  failed: 'Failed',
  open: 'Undecided',
};

export const stages = { scoping: 'Scoping', data: 'Data', modelling: 'Modelling', deployment: 'Deployment', monitoring: 'Monitoring' };

/** Where a stage stands, in the rail. */
export const rail = (key: string, f: Readonly<Record<string, string | number>>): string => {
  const sentences: Readonly<Record<string, string>> = {
    criteria: times(f.criteria, 'criterion', 'criteria'),
    noCriteria: 'question asked, no criteria',
    noQuestion: 'no question yet',
    working: 'working',
    noData: 'no data yet',
    version: `version ${f.version} · ${times(f.rows, 'row', 'rows')}`,
    training: 'training',
    noRuns: 'no runs yet',
    staleRuns: `${times(f.runs, 'run', 'runs')}, built on older data`,
    runs: times(f.runs, 'run', 'runs'),
    packaging: 'packaging',
    champion: `model ${f.model} is champion`,
    staleChampion: `model ${f.model} is champion, built on older data`,
    noChampion: `${times(f.models, 'model', 'models')}, no champion`,
    noModels: 'no model yet',
    watching: 'comparing',
    noWatches: 'nothing watched yet',
    alerts: `${times(f.alerts, 'alert', 'alerts')} · ${f.batch}`,
    quiet: `nothing moved · ${f.batch}`,
    settled: `alerts settled · ${f.batch}`,
  };
  return sentences[key] ?? key;
};

export const jobs = {
  name: (op: string, subject: string, task: 'classification' | 'regression' | null): string => {
    const names: Readonly<Record<string, string>> = {
      import: 'Importing', digest: 'Hashing', preview: 'Looking at', edit: 'Changing', append: 'Adding', correct: 'Correcting', profile: 'Measuring columns of', diff: 'Comparing', split: 'Splitting',
      recipe: 'Fitting the recipe', train: 'Training', crossValidate: 'Cross-validating', score: 'Scoring', evaluate: 'Evaluating', compare: 'Comparing runs',
      package: 'Packaging', drift: 'Watching', backup: 'Backing up', restore: 'Restoring',
    };
    const what = isLearner(subject) ? `the ${learnerName(subject, task)}` : subject;
    return `${names[op] ?? op}${what === '' ? '' : ` ${what}`}`;
  },
  left: (seconds: number): string => `, about ${aboutSeconds(seconds)} left`,
  phase: (phase: string, done: number, of: number | null): string => {
    const phases: Readonly<Record<string, string>> = {
      starting: 'starting', waiting: 'waiting for its turn', preparing: 'preparing rows', reading: 'reading', hashing: 'reading', training: 'epoch', crossValidating: 'fold', scoring: 'rows', evaluating: 'computing intervals',
      splitting: 'dealing rows out', fittingRecipe: 'fitting', packaging: 'writing files', verifying: 'running the export to check it', comparing: 'columns', profiling: 'columns', checking: 'checks', editing: 'changes', appending: 'parts', backup: 'bytes', restore: 'bytes',
    };
    const name = phases[phase] ?? phase;
    if (of === null) return name;
    const bytes = ['reading', 'hashing', 'backup', 'restore'].includes(phase);
    return bytes ? `${name === 'bytes' ? '' : `${name} `}${count(Math.round(done / 1e6))} of ${count(Math.max(1, Math.round(of / 1e6)))} MB` : `${name} ${count(done)} of ${count(of)}`;
  },
  workers: (n: number): string => `on ${count(n)} workers`,
};

// The project's home: what was promised and where it stands, the log, storage, samples.
