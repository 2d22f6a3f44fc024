/** @file The model card, made from the evidence and from nothing else. */

import { demandRun, gateOn } from './deployment';
import { looks, validationReport } from './modelling';
import type { OpenProject } from './project.svelte';
import { timedOf, valueIn } from './serviceMeasurements';
import type { RecipeBody } from '../domain/data/recipeManifest';
import type { SplitBody } from '../domain/data/splitManifest';
import type { TableBody } from '../domain/data/tableManifest';
import type { Document, Section } from '../domain/deployment/document';
import type { PackageBody } from '../domain/deployment/packageManifest';
import type { Estimate } from '../domain/modelling/metric';
import { parametersIn, type ModelBody } from '../domain/modelling/modelManifest';
import type { ReportBody } from '../domain/modelling/report';
import { emptyState, type ModelVersion, type ProjectEvent, type Run } from '../domain/pipeline/project';
import type { Criterion } from '../domain/scoping/criterion';
import { isAboutService } from '../domain/scoping/criterionMetrics';
import { words } from '../words/words';

const w = words.card;

const figure = (value: number | null): string => (value === null ? w.undefinedValue : Number(value.toPrecision(4)).toString());

/** `Recall at least 0.55 for rows with sex is Female`. */
const criterionText = ({ metric, slice, direction, target }: Criterion): string => {
  const conditions = slice.map(({ column, operator, value }) => words.scoping.condition(column, operator, String(value))).join(words.scoping.and);
  const least = direction === '>=' ? words.controls.atLeast(figure(target)) : words.controls.atMost(figure(target));
  return `${words.metricName(metric)} ${least} ${isAboutService({ metric }) ? words.scoping.onThisDevice : conditions === '' ? words.scoping.forEveryone : words.scoping.forSlice(conditions)}`;
};

const settingText = (learner: string, name: string, value: number | string | boolean): string =>
  `${words.modelling.setting(name, learner).label}: ${words.modelling.settingValue(name, value, learner)}`;

const estimateCells = (estimate: Estimate | undefined): string[] =>
  estimate === undefined
    ? [w.notComputed, '', '', '']
    : [figure(estimate.value), estimate.low === null ? w.noInterval : `${figure(estimate.low)} – ${figure(estimate.high)}`, estimate.n.toLocaleString(words.locale), estimate.method];

/** What a card tells of a model's history in the log. */
const isTold = ({ kind }: ProjectEvent): boolean => kind === 'registered' || kind === 'latency' || kind === 'aliasMoved' || kind === 'testOpened';

/** Another text whenever a card would read differently: what it reads off the state and the log. */
export function cardStand(project: Pick<OpenProject, 'state' | 'head' | 'events'>, version: ModelVersion, run: Run): string {
  const { question, criteria, gate, threshold } = project.state;
  return JSON.stringify([version.number, version.package, run.report, run.test, question.text, criteria, gate, threshold, project.head.name, project.events.findLast(isTold)?.sequence]);
}

/** The card of a registered model: what it is, what it learnt from, what was promised and what was found. */
export async function modelCard(project: OpenProject, version: ModelVersion): Promise<Document> {
  const { state, head } = project;
  const run = demandRun(state, version);
  const model = await project.artifact<ModelBody>(run.model);
  const table = await project.artifact<TableBody>(run.table);
  const split = await project.artifact<SplitBody>(run.split);
  const recipe = await project.artifact<RecipeBody>(run.recipe);
  const { report, problem } = await validationReport(project, run);
  const validation = report.body;
  const test = run.test === null ? null : (await project.artifact<ReportBody>(run.test)).body;
  const packaged = version.package === null ? null : (await project.artifact<PackageBody>(version.package)).body;
  const { task } = model.body;
  const registered = project.events.findLast((event) => event.kind === 'registered' && event.detail.run === run.id);
  const [timed] = timedOf(project.events, run);
  const judged = test ?? validation;
  const gate = gateOn(judged, state, timed?.estimates ?? []);
  const moves = project.events.filter((event) => event.kind === 'aliasMoved' && (event.detail.to === version.number || event.detail.from === version.number));
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

  const sections: Section[] = [
    {
      title: w.use,
      blocks: [
        { kind: 'paragraph', text: state.question.text === '' ? w.noQuestion : state.question.text },
        { kind: 'paragraph', text: task.kind === 'classification' ? w.classifies(task.target, task.classes.join(', '), task.positive === null ? null : task.classes[task.positive]!) : w.estimates(task.target) },
        ...(validation.threshold === null ? [] : [{ kind: 'paragraph' as const, text: w.threshold(figure(state.threshold), state.threshold !== emptyState.threshold) }]),
      ],
    },
    {
      title: w.promises,
      blocks:
        gate.length === 0
          ? [{ kind: 'paragraph', text: w.noPromises }]
          : [
              {
                kind: 'table',
                head: w.promiseHead,
                rows: gate.map((result) => [criterionText(result.criterion), figure(result.value), result.low === null ? w.noInterval : `${figure(result.low)} – ${figure(result.high)}`, result.n.toLocaleString(words.locale), words.verdicts.both(result.verdict, result.passed), result.criterion.why]),
              },
              { kind: 'paragraph', text: w.gateRule(state.gate, test === null) },
            ],
    },
    {
      title: w.performance,
      blocks: [
        { kind: 'table', head: w.metricHead, rows: judged.metrics.map(({ name, estimate }) => [words.metricName(name), ...estimateCells(estimate)]) },
        { kind: 'paragraph', text: test === null ? w.testSealed : w.testOpened(looks(project)) },
        // Test rows are not judged again by themselves when the threshold moves: then it is said where these figures stand.
        ...(judged.threshold !== null && judged.threshold !== state.threshold ? [{ kind: 'paragraph' as const, text: w.judgedAt(figure(judged.threshold)) }] : []),
        // The figures are of an earlier threshold or of earlier criteria: said, where they are what stands here.
        ...(test === null && problem !== null ? [{ kind: 'paragraph' as const, text: words.problem(problem) }] : []),
      ],
    },
    {
      title: w.data,
      blocks: [
        { kind: 'list', items: [w.rows(table.body.rows, table.body.columns.length), w.quarantined(table.body.quarantine.count), w.split(split.body.counts.train, split.body.counts.validation, split.body.counts.test), w.version(table.id), w.membership(split.body.membership)] },
        { kind: 'table', head: w.columnHead, rows: table.body.columns.map((column) => [column.name, words.columnType(column.type), column.missing.toLocaleString(words.locale), columnUse(column.name, recipe.body)]) },
      ],
    },
    {
      title: w.model,
      blocks: [
        {
          kind: 'list',
          items: [
            w.learner(words.learnerTitle(run.plan.learner, task.kind), parametersIn(model.body), model.body.features.length),
            w.plan(Object.entries(run.plan.hyperparameters).map(([name, value]) => settingText(run.plan.learner, name, value)).join(', '), run.plan.seed, words.modelling.engine(run.plan.engine)),
            w.artifact(run.model),
            ...(packaged === null ? [w.notPackaged] : [packaged.parity === null ? w.noOnnx(packaged.withheld === null ? '' : words.problem(packaged.withheld)) : w.parity(packaged.parity.verdict === 'passed', packaged.parity.rows, packaged.parity.maxAbsDiff === null ? '' : packaged.parity.maxAbsDiff.toExponential(1))]),
            ...(timed === undefined ? [] : [w.latency(figure(valueIn(timed.estimates, 'latency_p95')), figure(valueIn(timed.estimates, 'throughput')))]),
          ],
        },
      ],
    },
    { title: w.limits, blocks: [{ kind: 'list', items: w.limitations(recipe.body.fitted.leftOut
              .filter((left) => left.reason !== 'target')
              .map((left) => left.column)
              .join(', ')) }] },
    {
      title: w.history,
      blocks: [
        {
          kind: 'list',
          items: [
            ...(registered === undefined ? [] : [w.registered(day(registered.at), String(registered.detail.waiver ?? ''))]),
            ...moves.map((event) => w.aliasMoved(day(event.at), String(event.detail.alias), event.detail.to === version.number, String(event.detail.why))),
          ],
        },
      ],
    },
  ];
  return { language: words.language, title: w.title(head.name, version.number), subtitle: w.subtitle(__APP_VERSION__), sections };
}

function columnUse(name: string, recipe: RecipeBody): string {
  const left = recipe.fitted.leftOut.find((one) => one.column === name);
  if (left) return words.leftOut[left.reason];
  const entry = recipe.fitted.entries.find((one) => one.column === name);
  return entry === undefined ? '' : entry.steps.map((step) => words.transformers[step.transformer as keyof typeof words.transformers] ?? step.transformer).join(' → ');
}
