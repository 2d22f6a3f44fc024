/** @file The English catalogue, put together from one file per page. A sentence with facts in it is a function of those facts. */

import { card } from './card';
import { charts } from './charts';
import { controls } from './controls';
import { data } from './data';
import { deployment } from './deployment';
import { guide } from './guide';
import { home } from './home';
import { modelling } from './modelling';
import { monitoring } from './monitoring';
import { columnType, learnerName, metricMeaning, metricName } from './names';
import { pipeline } from './pipeline';
import { heldBackFor, problems } from './problems';
import { scoping } from './scoping';
import { jobs, rail, shell, stages, states } from './shell';
import { type Facts, count, locale, lower, times, upper } from './text';
import { verdicts } from './verdicts';

/** Every word of the interface in English. */
export const en = {
  shell,
  controls,
  charts,
  states,
  stages,
  rail,
  jobs,
  home,
  scoping,
  data,
  modelling,
  deployment,
  monitoring,
  pipeline,
  guide,
  card,
  verdicts,
  /** A metric by the name that people read. */
  metricName,
  metricMeaning,
  /** A learner within a sentence, e.g. `logistic regression`. */
  learnerName,
  /** A learner at the head of a line. */
  learnerTitle: (name: string, task: 'classification' | 'regression' | null): string => upper(learnerName(name, task)),
  columnType,
  /** A name as it stands within a sentence, and at the head of one. */
  inSentence: lower,
  atHead: upper,
  /** The sentence of a refusal. */
  problem: ({ code, details }: { readonly code: string; readonly details: Facts }): string =>
    Object.hasOwn(problems, code) ? problems[code]!(details) : `This could not be done (${code}${Object.keys(details).length > 0 ? `: ${Object.entries(details).map(([name, value]) => `${name} ${value}`).join(', ')}` : ''}).`,
  heldBack: heldBackFor,
  language: 'en',
  locale,
  /** Why a run was chosen. */
  reasons: ({ code, facts }: { readonly code: string; readonly facts: Facts }): string => {
    switch (code) {
      case 'onlyRun':
        return 'It is the only run.';
      case 'keepsPromises':
        return `On validation rows ${Number(facts.keeping) === 1 ? `it alone of ${times(facts.of, 'run', 'runs')} passes` : `it is one of the ${count(Number(facts.keeping))} runs, out of ${count(Number(facts.of))}, that pass`} ${Number(facts.criteria) === 1 ? 'the criterion' : `all ${count(Number(facts.criteria))} criteria`}.`;
      case 'noneKeepsPromises':
        return `On validation rows none of ${times(facts.of, 'run', 'runs')} passes ${Number(facts.criteria) === 1 ? 'the criterion' : `all ${count(Number(facts.criteria))} criteria`}; this is the best of them.`;
      case 'bestOf': {
        const value = typeof facts.value === 'string' ? facts.value : String(Number(Number(facts.value).toPrecision(4)));
        return Number(facts.of) === 1 ? `Its ${lower(metricName(facts.metric))} on validation rows is ${value}.` : `Of ${times(facts.of, 'run', 'runs')} it has the best ${lower(metricName(facts.metric))} on validation rows: ${value}.`;
      }
      case 'tie':
        return `Another run has the same ${lower(metricName(facts.metric))}; the earlier one was taken.`;
      default:
        return code;
    }
  },
  leftOut: {
    target: 'what is predicted',
    excluded: 'left out by choice',
    text: 'free text, not used',
    identifier: 'identifier, not used',
    empty: 'empty, not used',
    constant: 'one value only, not used',
  },
  transformers: {
    impute: 'fill missing',
    scaleStandard: 'standardise',
    scaleRobust: 'scale by quartiles',
    scaleQuantile: 'scale to ranks',
    codes: 'categories as they are',
    keepMissing: 'leave what is missing',
    oneHot: 'one column a category',
    ordinal: 'number the categories',
    groupRare: 'group rare categories',
    dateParts: 'parts of the date',
  },
};
