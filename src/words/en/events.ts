/** @file An event of the log as a sentence. */

import { learnerName, stepVerbs } from './names';
import { type Facts, bytesText, count, lower, times } from './text';
import { verdicts } from './verdicts';

/** An event of the log as a sentence. */
export const eventSentence = (kind: string, f: Facts): string => {
  const why = f.why === undefined || f.why === '' ? '' : `: ${f.why}`;
  switch (kind) {
    case 'created':
      return `The project “${f.name}” was made`;
    case 'renamed':
      return `Renamed from “${f.from}” to “${f.to}”`;
    case 'imported':
      return `${f.file} was imported: ${times(f.rows, 'row', 'rows')}, version ${f.version}`;
    case 'versionMade':
      return `Version ${f.version} was made: ${f.message}`;
    case 'versionTaken':
      return `Version ${f.number} was taken in hand`;
    case 'questionChanged': {
      const said = [
        ...(f.text === undefined ? [] : [f.text === '' ? 'the question was emptied' : `the question reads “${f.text}”`]),
        ...(f.target === undefined ? [] : [f.target === '' ? 'nothing is to be predicted' : `“${f.target}” is to be predicted`]),
        ...(f.task === undefined ? [] : [f.task === '' ? 'the task is told from the data' : `as ${f.task === 'regression' ? 'a number' : 'a class'}`]),
        ...(f.positive === undefined ? [] : [f.positive === '' ? 'the rarer class is the positive one' : `“${f.positive}” is the positive class`]),
        ...(f.group === undefined ? [] : [f.group === '' ? 'each row stands alone' : `rows with the same “${f.group}” belong together`]),
        ...(f.time === undefined ? [] : [f.time === '' ? 'rows have no order in time' : `“${f.time}” orders rows in time`]),
        ...(f.exclude === undefined ? [] : [f.exclude === '' ? 'no column is left out' : `left out: ${f.exclude}`]),
        ...(f.split === undefined ? [] : ['the shares of the split were changed']),
      ];
      return `Scoping: ${said.join('; ') || 'the question was changed'}`;
    }
    case 'splitMade':
      return 'Rows were dealt out to training, validation and test';
    case 'criteriaChanged':
      return f.gate !== undefined ? `The gate asks ${verdicts.asked(String(f.gate))}` : `${f.criteria === '' ? 'All criteria were removed' : `Criteria: ${f.criteria}`}${Number(f.looks ?? 0) > 0 ? `; changed after the test rows were opened ${times(f.looks, 'time', 'times')}` : ''}`;
    case 'thresholdChanged':
      return `The threshold is ${f.threshold}`;
    case 'runKept':
      return f.model === undefined ? `The figures of run ${f.run} were brought up to date` : `Run ${f.run} was trained: ${learnerName(f.learner, f.task)}${Number(f.stopped) === 1 ? ', stopped early' : ''}`;
    case 'runRemoved':
      return `Run ${f.run} was removed`;
    case 'testOpened':
      return `The test rows were opened for run ${f.run} (n\u00a0${count(Number(f.n))})`;
    case 'registered':
      return `Run ${f.run} was registered as model ${f.model_}${Number(f.criteria ?? 0) > 0 ? `; ${f.passed} of ${times(f.criteria, 'criterion', 'criteria')} passed` : ''}${f.waiver ? `; waived: ${f.waiver}` : ''}`;
    case 'aliasMoved':
      return f.to === '' ? `Model ${f.from} is no longer ${f.alias}${why}` : `Model ${f.to} is ${f.alias} now${f.from === '' ? '' : `, instead of model ${f.from}`}${why}`;
    case 'packaged':
      return `Model ${f.model} was written as files and checked`;
    case 'exported':
      return `Model ${f.model} was saved as files`;
    case 'batchWatched':
      return `${f.name} was watched: ${Number(f.alerts) === 0 ? 'no alert' : times(f.alerts, 'alert', 'alerts')}`;
    case 'alertSettled':
      return f.finding === undefined ? `The alerts of a batch were settled${why}` : `A finding was ${Number(f.settled) === 1 ? 'settled as right' : 'opened again'}${why}`;
    case 'undone':
      return 'The last change was undone';
    case 'redone':
      return 'What was undone was done again';
    case 'step':
      return `Computed: ${stepVerbs[String(f.op)] ?? f.op}${f.seconds === undefined ? '' : `, ${Number(Number(f.seconds).toPrecision(2))} s`}`;
    case 'latency':
      return `${f.model === undefined || f.model === '' ? `The model of run ${f.run}` : `Model ${f.model}`} was timed on this device (n\u00a0${count(Number(f.n))})${f.p95 === '' ? '' : `: 95 of 100 answers within ${Number(Number(f.p95).toPrecision(3))} ms`}`;
    case 'probe':
      return `${f.remembered ? 'An engine was chosen as measured before' : 'The engines of this device were tried'}: ${f.engine}${f.adapter ? `, ${f.adapter}` : ''}`;
    case 'predicted':
      return f.file === undefined ? `Model ${f.model} answered one request` : `Model ${f.model} predicted ${times(f.rows, 'row', 'rows')} of ${f.file}`;
    case 'takenOver':
      return 'Another tab took over';
    case 'backedUp':
      return `A backup was made and read back${f.bytes === undefined ? '' : `, ${bytesText(Number(f.bytes))}`}`;
    case 'restored':
      return 'The project was restored from a backup';
    case 'deletedForGood':
      return f.what === 'version' ? `Version ${f.version} was deleted for good` : `${times(Number(f.rows), 'row was', 'rows were')} deleted for good`;
    case 'binned':
      return 'The project was put into the bin';
    case 'unbinned':
      return 'The project was taken out of the bin';
    default:
      return kind;
  }
};

/** A change by name, for the button that takes it back: `filter rows, version 4`. */
export const changeName = (kind: string, f: Facts): string => {
  switch (kind) {
    case 'imported':
      return `import of ${f.file}`;
    case 'versionMade':
      return `${lower(String(f.message))}, version ${f.version}`;
    case 'versionTaken':
      return `version ${f.number} taken in hand`;
    case 'questionChanged':
      return 'change in scoping';
    case 'criteriaChanged':
      return f.gate === undefined ? 'change of the criteria' : 'what the gate asks';
    case 'thresholdChanged':
      return `threshold ${f.threshold}`;
    case 'runKept':
      return `run ${f.run}`;
    case 'runRemoved':
      return `removal of run ${f.run}`;
    case 'registered':
      return `registration of model ${f.model_}`;
    case 'aliasMoved':
      return f.to === '' ? `no ${f.alias}` : `model ${f.to} as ${f.alias}`;
    case 'batchWatched':
      return `watch of ${f.name}`;
    case 'alertSettled':
      return f.finding === undefined ? 'settling of the alerts' : 'settling of a finding';
    default:
      return lower(eventSentence(kind, f));
  }
};
