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
import { metricCalled } from './names';
import { pipeline } from './pipeline';
import { heldBackFor, problems } from './problems';
import { scoping } from './scoping';
import { jobs, rail, shell, stages, states } from './shell';
import { type Facts, count, locale, times } from './text';

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
        return `On validation rows ${Number(facts.keeping) === 1 ? `it alone of ${times(facts.of, 'run', 'runs')} meets` : `it is one of the ${count(Number(facts.keeping))} runs, out of ${count(Number(facts.of))}, that meet`} ${Number(facts.criteria) === 1 ? 'the criterion' : `all ${count(Number(facts.criteria))} criteria`}.`;
      case 'noneKeepsPromises':
        return `On validation rows none of ${times(facts.of, 'run', 'runs')} meets ${Number(facts.criteria) === 1 ? 'the criterion' : `all ${count(Number(facts.criteria))} criteria`}; this is the best of them.`;
      case 'bestOf':
        return Number(facts.of) === 1 ? `Its ${metricCalled(facts.metric)} on validation rows is ${Number(Number(facts.value).toPrecision(4))}.` : `Of ${times(facts.of, 'run', 'runs')} it has the best ${metricCalled(facts.metric)} on validation rows: ${Number(Number(facts.value).toPrecision(4))}.`;
      case 'tie':
        return `Another run has the same ${metricCalled(facts.metric)}; the earlier one was taken.`;
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
    oneHot: 'one column a category',
    ordinal: 'number the categories',
    groupRare: 'group rare categories',
    dateParts: 'parts of the date',
  },
};
