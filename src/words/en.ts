/** @file Every English word of the interface, by page. A sentence with facts in it is a function of those facts. */

const count = (n: number): string => n.toLocaleString('en-GB');

/** Facts of a refusal, by the names that the code gives them. */
type Facts = Readonly<Record<string, string | number>>;

const megabytes = (bytes: string | number | undefined): string => `${Math.ceil(Number(bytes) / 1_000_000).toLocaleString('en-GB')} MB`;
const times = (n: string | number | undefined, one: string, many: string): string => `${count(Number(n))} ${Number(n) === 1 ? one : many}`;

/** Why a row was held back. */
const heldBack: Readonly<Record<string, string>> = {
  tooFewFields: 'it has fewer fields than the header',
  tooManyFields: 'it has more fields than the header',
  unclosedQuote: 'a quote is opened and never closed',
  recordTooLong: 'the record is longer than one megabyte',
  malformedQuotes: 'its quotes do not match',
  notANumber: 'a cell of a number column is not a number',
  notAnInteger: 'a cell of a whole-number column is not a whole number',
  notFinite: 'a cell holds infinity',
  beyondSafeInteger: 'a whole number is too large to be kept exactly',
  leadingZeros: 'digits with leading zeros stand in a number column',
  notABoolean: 'a cell is neither true nor false',
  notADate: 'a cell of a date column is not a date',
  notJson: 'the line is not JSON',
  notAnObject: 'the line is JSON, but not an object with fields',
};
const heldBackFor = (reason: string | number | undefined): string => heldBack[String(reason)] ?? String(reason);

const looks: Readonly<Record<string, string>> = { zip: 'a zip archive', png: 'a PNG image', jpeg: 'a JPEG image', gif: 'a GIF image', pdf: 'a PDF', gzip: 'a gzip archive', unknown: 'binary data', text: 'plain text' };
const looksLike = (kind: string | number | undefined): string => looks[String(kind)] ?? `a ${String(kind)} file`;

/** One sentence per refusal code: what is wrong, where, and what to do. */
const problems: Readonly<Record<string, (facts: Facts) => string>> = {
  emptyFile: ({ file }) => `${file} is empty: there is not a single byte in it. Choose another file.`,
  headerOnly: ({ file, columns }) => `${file} has a header of ${times(columns, 'column', 'columns')} and no rows under it. Add rows, or say that it has no header.`,
  binaryFile: ({ file, looksLike: kind }) => `${file} is not a table: it looks like ${looksLike(kind)}. Open a CSV, TSV, JSON Lines, Parquet or .xlsx file.`,
  unsupportedFormat: ({ file, looksLike: kind }) => `${file} looks like ${looksLike(kind)}, which is not read here. Save it as CSV, JSON Lines, Parquet or .xlsx.`,
  encodingUnknown: ({ encoding }) => `This browser knows no text encoding named ${encoding}. Choose UTF-8 or another one from the list.`,
  unusableDelimiter: ({ delimiter, quote }) => `Fields cannot be parted by “${delimiter}” and quoted by “${quote}” at once. Give two different single characters.`,
  tooManyColumns: ({ columns, limit }) => `The table has ${count(Number(columns))} columns; at most ${count(Number(limit))} can be worked with. Leave some out, or turn the table on its side.`,
  noRowsLeft: ({ file, quarantined, reason }) => `Not one row of ${file} could be read: ${times(quarantined, 'row was', 'rows were')} held back, mostly because ${heldBackFor(reason)}. Check the delimiter, the quote character and the types.`,
  unreadableParquet: ({ file }) => `${file} is not a Parquet file that can be read: it is cut off, altered, or compressed in an unknown way. Write it again.`,
  unreadableSheet: ({ file, sheet }) => `${sheet === undefined ? 'The workbook' : `Sheet “${sheet}”`} of ${file} could not be read. Save it again as .xlsx, or as CSV.`,
  unreadableJson: ({ file }) => `${file} is neither JSON Lines nor one JSON array of objects. Write one object a line.`,
  jsonTooLarge: ({ file, bytes, limit }) => `${file} is one JSON array of ${megabytes(bytes)}; at most ${megabytes(limit)} can be read whole. Write it as JSON Lines, one object a line.`,
  sheetTooLarge: ({ file, bytes, limit }) => `${file} has ${megabytes(bytes)}; workbooks are read up to ${megabytes(limit)}. Save the sheet as CSV.`,
  importStopped: ({ rows }) => `The import was stopped after ${times(rows, 'row', 'rows')}. Nothing was kept and nothing was changed.`,

  noData: () => 'There is no data yet. Import a table first.',
  noTarget: () => 'It is not said which column to predict. Choose the target in scoping or in the data stage.',
  unknownColumn: ({ column }) => `There is no column “${column}” in this table. Column names must be written exactly as in the header.`,
  allTargetMissing: ({ column, rows }) => `The target “${column}” is empty in all ${times(rows, 'row', 'rows')}, so there is nothing to learn from. Choose another target or fill it in.`,
  oneClassTarget: ({ column, class: label }) => `The target “${column}” has a single value, “${label}”, in every row. Something to tell apart is needed: choose another target or add rows.`,
  targetNearlyUnique: ({ column, distinct, rows }) => `The target “${column}” has ${count(Number(distinct))} different values in ${times(rows, 'row', 'rows')}, so nearly every row is a class of its own. It may be an identifier; choose another target, or ask for regression if it is a number.`,
  targetNotNumeric: ({ column, type }) => `“${column}” is of type ${type}, and regression predicts numbers. Choose a numeric target, or ask for classification.`,
  positiveNeedsTwoClasses: ({ column, positive, classes }) => `“${positive}” cannot be the positive class: “${column}” has ${Number(classes) === 0 ? 'numbers to predict' : `${count(Number(classes))} classes`}, and only a target with two classes has a positive one. Leave the positive class out.`,
  unknownPositiveClass: ({ column, positive, first, second }) => `“${positive}” is not a class of “${column}”: its classes are “${first}” and “${second}”.`,
  fewerRowsThanClasses: ({ rows, classes }) => `There are ${times(rows, 'row', 'rows')} for ${count(Number(classes))} classes. Each class needs several rows: add rows, or merge classes.`,
  tooFewRows: ({ rows, needed }) => `There are ${times(rows, 'distinct row', 'distinct rows')} with a target; training, validation and test need at least ${count(Number(needed))}. Add rows.`,
  partWithoutRows: ({ part, rows }) => `The ${part} part of the split would get none of the ${times(rows, 'row', 'rows')}. Add rows, choose other shares, or use smaller groups.`,
  badShares: () => 'The shares of training, validation and test must be between 0 and 1 and add up to 1.',
  allTimesMissing: ({ rows }) => `The time column is empty in all ${times(rows, 'row', 'rows')}, so rows cannot be split by time. Choose another column.`,
  tooFewTimes: ({ distinct, needed }) => `The time column has ${times(distinct, 'instant', 'different instants')}; a split by time needs at least ${count(Number(needed))}.`,
  timeNotOrdered: ({ column, type }) => `“${column}” is of type ${type} and has no order in time. Choose a date or number column, or change its type.`,
  noUsableColumns: ({ columns }) => `None of the ${times(columns, 'other column', 'other columns')} can be learnt from: they are excluded, empty, constant, free text or identifiers. Change a type, or include a column.`,
  valueDoesNotFit: ({ column, value, type }) => `“${value}” is not a value of “${column}”, which is of type ${type}. Write it as the other rows do.`,
  duplicateColumnName: ({ column }) => `There is a column “${column}” already. Choose another name.`,
  noLabels: ({ target }) => `None of these rows has a known value of “${target}”, so the answers cannot be judged. Add the true values first.`,

  recipeBadSetting: ({ column, step, setting, value }) => `The step ${step} of column “${column}” cannot work with ${setting} = ${value}. Choose another value.`,
  recipeHasNoTrainingRows: ({ rows }) => `None of the ${times(rows, 'row', 'rows')} is a training row, so a recipe cannot be fitted. Make another split.`,
  recipeLacksColumn: ({ column }) => `The recipe uses a column “${column}” that this version of the data does not have. Take the step out, or take another version in hand.`,
  recipeColumnType: ({ column, expected, found }) => `The recipe expects “${column}” to be of type ${expected}, and here it is ${found}. Change the type back, or make a new recipe.`,
  recipeUnknownStep: ({ column, step }) => `Column “${column}” has a step “${step}” that this version of Perennial does not know.`,
  recipeStepDoesNotFit: ({ column, step, kind }) => `The step ${step} of column “${column}” cannot take ${kind}. Put another step before it, or choose another one.`,
  recipeStepVersion: ({ column, step, version }) => `The step ${step} of column “${column}” was fitted by version ${version}, which this version of Perennial does not apply. Train again.`,
  recipeColumnHasNoFeatures: ({ column }) => `The steps of column “${column}” end in something that is not numbers. End with one-hot, ordinal or scaling.`,
  recipeLeavesMissing: ({ column, row }) => `Column “${column}” still has a missing value in row ${Number(row) + 1} after its steps. Add a step that fills it in.`,

  unknownLearner: ({ learner }) => `There is no learner named “${learner}”.`,
  seedOutOfRange: ({ seed, low, high }) => `A seed is a whole number from ${low} to ${high}, not ${seed}.`,
  hyperparameterUnknown: ({ learner, name, known }) => `The ${learner} learner has no setting “${name}”. It has: ${known}.`,
  hyperparameterNotANumber: ({ name, value }) => `“${value}” is not a number, and ${name} must be one.`,
  hyperparameterNotWhole: ({ name, value }) => `${name} must be a whole number, not ${value}.`,
  hyperparameterNotAChoice: ({ name, value, choices }) => `${name} cannot be “${value}”. It is one of: ${choices}.`,
  hyperparameterNotYesOrNo: ({ name, value }) => `${name} is yes or no, not “${value}”.`,
  hyperparameterNotText: ({ name }) => `${name} must be a text.`,
  hyperparameterOutOfRange: ({ name, value, low, high }) => `${name} must lie between ${low} and ${high}; ${value} does not.`,
  hiddenWidthsUnreadable: ({ value, widest, deepest }) => `“${value}” does not name hidden layers. Write widths with commas, such as 64,32: at most ${deepest} layers of at most ${widest} units.`,
  trainingDiverged: ({ epoch }) => `Training ran away in epoch ${epoch}: the loss is no longer a number. Lower the learning rate, and look for extreme values in the data.`,
  engineUnavailable: ({ engine, reason }) => `The engine ${engine} cannot be used here (${reason}). Choose another engine; cpu always works.`,
  deviceLost: ({ engine }) => `The graphics device behind ${engine} was lost in the middle of the work. What was checkpointed is kept: train again, or choose the cpu engine.`,
  modelTooLarge: ({ megabytes: size }) => `The model has about ${size} MB of weights, more than can be kept in one piece. Use smaller hidden layers.`,
  pairedRowCountsDiffer: ({ candidate, baseline }) => `The two runs were judged on ${candidate} and ${baseline} rows; only runs on the same rows can be compared in pairs.`,
  pairedTasksDiffer: () => 'The two runs predict different things, so they cannot be compared.',
  pairedTruthsDiffer: ({ differing }) => `The two runs were judged against different answers in ${times(differing, 'row', 'rows')}. Train both on the same version.`,

  criterionSyntax: ({ text, at, expected }) => `“${text}” is not a criterion: at character ${Number(at) + 1}, ${expected} was expected. Write, for example, roc_auc>=0.85 or recall[sex=Female]>=0.6.`,
  unknownMetric: ({ metric, known }) => `There is no metric “${metric}”.${known === '' ? '' : ` Known are: ${known}.`}`,
  targetOutOfRange: ({ metric, target, low, high }) => `${metric} cannot reach ${target}: it lies between ${low} and ${high}.`,
  sliceColumnUnknown: ({ column }) => `A criterion asks about “${column}”, which is no column of this table. Check the name.`,
  sliceEmpty: ({ slice }) => `No row belongs to the slice ${slice ?? ''}. Check the values.`,
  metricDoesNotFit: ({ metric, task }) => `${metric} cannot be computed for this task (${task}). Choose another metric.`,

  gateNotPassed: ({ failed, of }) => `${count(Number(failed))} of ${times(of, 'criterion is', 'criteria are')} not met. Improve the run, or waive it with a reason, which goes into the log and the card.`,
  runGone: ({ run }) => `The run ${run} behind this model version was removed. Undo its removal, or register another run.`,
  exportStepHasNoOnnx: ({ step, column }) => `The ONNX export is not possible: the step ${step} of column “${column}” has no ONNX form. Use another step, or export weights only.`,
  exportNeedsInput: () => 'A model without inputs cannot be exported.',
  safetensorsBroken: ({ reason }) => `This safetensors file is damaged (${reason}). Export it again.`,
  safetensorsType: ({ tensor, type }) => `Tensor ${tensor} is of type ${type}; only 32-bit floats are read.`,
  pipelineUnreadable: ({ reason }) => `This pipeline file cannot be read: ${reason}.`,

  batchLacksColumn: ({ column, more }) => `The batch lacks the column “${column}”${Number(more ?? 0) > 0 ? ` and ${count(Number(more))} more` : ''} that the model reads. Add the column, or choose another file.`,
  batchColumnType: ({ column, expected, found }) => `Column “${column}” is ${found} in this batch and ${expected} in the data. Set its type at import.`,
  nothingToCompare: ({ reference, batch }) => `There is nothing to compare: the reference has ${times(reference, 'row', 'rows')}, the batch ${count(Number(batch))}.`,
  noReference: () => 'There is nothing to compare a batch with yet. Train a model, or make a split, first.',
  editLeavesNoRows: ({ rows }) => `This would remove all ${times(rows, 'row', 'rows')}. Keep at least one, or make another project.`,
  lastColumn: ({ column }) => `“${column}” is the only column left, and a table needs one.`,
  unknownRow: ({ key }) => `There is no row with the key ${key} in this version.`,
  columnsDiffer: ({ column }) => `The file lacks the column “${column}” of the data, so its rows cannot be added.`,

  backupDamaged: ({ path }) => `The backup is damaged at ${path}. Nothing was restored and nothing was changed; try another copy.`,
  backupTruncated: ({ path }) => `The backup is cut off: ${path} is missing. Nothing was restored; try another copy.`,
  backupNewer: ({ app }) => `The backup was made by a newer version (${app}). Update Perennial, then restore it.`,
  backupTooLarge: ({ path }) => `The backup is larger than can be restored here (at ${path}).`,
  notABackup: () => 'This file is not a Perennial backup. Backups end in .perennial.zip and are made with “Back up”.',
  projectUnknown: () => 'There is no such project in this browser. It may have been deleted, or it lives under another address or port.',

  storageQuota: () => 'The browser has no room left for this. Nothing that was saved is lost: back up or delete a project, then try again.',
  storageFenced: () => 'Another tab writes to this project now, so this one only follows. Take over to write here.',
  storageLost: () => 'The browser dropped its database. Reload the page; what was saved is still there.',
  storageBlocked: () => 'An older tab of Perennial holds the database. Close the other tabs, then reload.',
  storageOutdated: () => 'A newer version of Perennial runs in another tab. Reload this one.',
  storageNewer: () => 'The projects here were made by a newer version of Perennial. Update, then open them.',
  storageWiped: () => 'The browser has removed the projects that were kept here. Restore a backup, or start anew.',
  storageDamaged: () => 'A piece of this project is missing from the store. Run the step again, or restore a backup.',
  workerDied: ({ message }) => `The computation broke off (${message}). Nothing that was saved is lost; try again, with less data if it was memory.`,
  workersUnsealed: () => 'Computations may not start yet, since this host does not send the content policy and the service worker that adds it is not in charge. Reload the page.',
  noServiceWorker: () => 'This browser does not offer service workers here, so working offline is not possible.',
  insecure: () => 'This page was opened over plain http from another machine, where the browser offers neither safe storage nor locks. Open it at 127.0.0.1 on the machine it runs on, or over https.',
  noIndexedDb: () => 'This browser does not let the page store anything (a private window, or storage is switched off). Allow it, then reload.',
};

export const en = {
  shell: {
    product: 'Perennial',
    productHome: 'Perennial, project home',
    skip: 'Skip to the page',
    stages: 'Stages',
    home: 'Project home',
    guide: 'Guide',
    putAway: 'put away',
    undo: 'Undo',
    redo: 'Redo',
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
    stopping: 'stopping',
    queued: 'waiting',
    paused: 'paused',
    failed: 'failed',
    finished: 'finished',
    saved: 'Saved',
    saving: 'Saving',
    notSaved: 'Not saved',
    inHand: 'in hand',
    projects: 'Projects',
    lastChange: 'the last change',
    lastUndone: 'what was undone',
    following: 'Another tab writes to this project',
    followingText: 'This tab follows what happens there and cannot change anything. One tab writes at a time, so that two cannot overwrite each other.',
    takeOver: 'Take over here',
    update: 'A newer version is ready',
    updateText: 'It is stored already. Everything here is saved first; the page then reloads once.',
    updateNow: 'Save and update',
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
  },
  controls: {
    theme: 'Light or dark',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    density: 'Density',
    compact: 'Compact',
    normal: 'Normal',
    roomy: 'Roomy',
    projector: 'For a projector: larger, stronger lines',
    missing: 'not stated',
    loading: 'loading',
    unreadable: 'could not be read',
    row: 'row',
    edit: 'Edit',
    editCell: (column: string, row: string): string => `${column}, row ${row}`,
    rows: (n: number): string => `${count(n)} rows`,
    move: 'move',
    ends: 'first and last',
    undo: 'Undo',
    close: 'Close',
    chooseFile: 'Choose a file',
    chooseFiles: 'Choose files',
    dropHere: 'or drop it here',
    dropNow: 'Let go to read it here',
    interval: (low: string, high: string): string => `interval ${low} to ${high}`,
    noInterval: 'no interval',
    noValue: 'no value',
    target: (text: string): string => `target ${text}`,
    beyondLow: (edge: string): string => `reaches below the scale, which begins at ${edge}`,
    beyondHigh: (edge: string): string => `reaches above the scale, which ends at ${edge}`,
    targetBeyond: 'target outside the scale',
    undefinedValue: 'undefined',
    n: (n: number): string => `n\u00a0${count(n)}`,
    atLeast: (value: string): string => `at least ${value}`,
    atMost: (value: string): string => `at most ${value}`,
    percentDone: (n: number): string => `${count(n)} % done`,
    sortBy: (column: string): string => `Sort by ${column}`,
    optional: 'optional',
  },
  charts: {
    asTable: 'As a table',
    thinned: (shown: number, all: number): string => `${count(shown)} of ${count(all)} points, evenly chosen`,
    series: 'series',
    low: 'low',
    high: 'high',
    from: 'from',
    to: 'to',
    shareOf: (per: string): string => (per === '' ? 'share of rows, %' : `share of rows, % per ${per}`),
    share: 'share, %',
    value: 'value',
    rows: 'rows',
    other: (n: number): string => `${count(n)} other values`,
    missing: 'not stated',
    falsePositiveRate: 'false alarms: share of the negatives named positive',
    truePositiveRate: 'recall: share of the positives found',
    recall: 'recall: share of the positives found',
    precision: 'precision: share of the named that are right',
    chance: 'chance',
    predictedProbability: 'predicted probability, mean of the bin',
    observedShare: 'share that happened',
    perfect: 'perfect',
    truly: 'truly',
    predicted: 'predicted',
    rightOfThese: 'of these, right',
    rowPercent: 'share of the row, %',
    cell: (truth: string, predicted: string): string => `truly ${truth}, predicted ${predicted}`,
    threshold: (text: string): string => `threshold ${text}`,
    lineage: 'what came from what',
    dependsOn: (name: string): string => `made from ${name}`,
  },
  states: {
    none: 'Nothing yet',
    progress: 'In progress',
    evidence: 'Evidence',
    stale: 'Out of date',
    failed: 'Failed',
    open: 'Undecided',
  },
  stages: { scoping: 'Scoping', data: 'Data', modelling: 'Modelling', deployment: 'Deployment', monitoring: 'Monitoring' },
  /** Where a stage stands, in the rail. */
  rail: (key: string, f: Readonly<Record<string, string | number>>): string => {
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
    };
    return sentences[key] ?? key;
  },
  jobs: {
    name: (op: string, subject: string): string => {
      const names: Readonly<Record<string, string>> = {
        import: 'Importing', digest: 'Hashing', preview: 'Looking at', edit: 'Changing', append: 'Adding', profile: 'Measuring columns of', diff: 'Comparing', split: 'Splitting',
        recipe: 'Fitting the recipe', train: 'Training', crossValidate: 'Cross-validating', score: 'Scoring', evaluate: 'Evaluating', compare: 'Comparing runs',
        package: 'Packaging', drift: 'Watching', backup: 'Backing up', restore: 'Restoring',
      };
      return `${names[op] ?? op}${subject === '' ? '' : ` ${subject}`}`;
    },
    phase: (phase: string, done: number, of: number | null): string => {
      const phases: Readonly<Record<string, string>> = {
        starting: 'starting', preparing: 'preparing rows', reading: 'reading', hashing: 'reading', training: 'epoch', crossValidating: 'fold', scoring: 'rows', evaluating: 'computing intervals',
        splitting: 'dealing rows out', fittingRecipe: 'fitting', packaging: 'writing files', verifying: 'running the export to check it', comparing: 'columns', profiling: 'columns', editing: 'changes', appending: 'parts', backup: 'bytes', restore: 'bytes',
      };
      const name = phases[phase] ?? phase;
      if (of === null) return name;
      const bytes = ['reading', 'hashing', 'backup', 'restore'].includes(phase);
      return bytes ? `${name === 'bytes' ? '' : `${name} `}${count(Math.round(done / 1e6))} of ${count(Math.max(1, Math.round(of / 1e6)))} MB` : `${name} ${count(done)} of ${count(of)}`;
    },
  },
  // The project's home: what was promised and where it stands, the log, storage, samples.
  home: {},
  // Scoping: the question, criteria, baselines.
  scoping: {},
  // Data: import, grid, findings, labels, versions, split.
  data: {},
  // Modelling: plans, runs, comparison, mistakes, explanation, fairness.
  modelling: {},
  // Deployment: registry, gates, serving, export.
  deployment: {},
  // Monitoring: windows, drift, alerts, the way back.
  monitoring: {},
  // What spans the stages: steps, artifacts, lineage, pipeline file.
  pipeline: {},
  // One sentence per refusal code: what is wrong, where, and what to do.
  // The guide beside each page, in the book face.
  guide: {},
  /** The sentence of a refusal. */
  problem: ({ code, details }: { readonly code: string; readonly details: Facts }): string =>
    Object.hasOwn(problems, code) ? problems[code]!(details) : `This could not be done (${code}${Object.keys(details).length > 0 ? `: ${Object.entries(details).map(([name, value]) => `${name} ${value}`).join(', ')}` : ''}).`,
  heldBack: heldBackFor,
  language: 'en',
  /** Why a run was chosen. */
  reasons: ({ code, facts }: { readonly code: string; readonly facts: Facts }): string => {
    switch (code) {
      case 'onlyRun':
        return 'It is the only run.';
      case 'keepsPromises':
        return `On validation rows ${count(Number(facts.keeping))} of ${count(Number(facts.of))} runs meet all ${times(facts.criteria, 'criterion', 'criteria')}, and it is one of them.`;
      case 'noneKeepsPromises':
        return `On validation rows none of the ${count(Number(facts.of))} runs meets all ${times(facts.criteria, 'criterion', 'criteria')}; this is the best of them.`;
      case 'bestOf':
        return `Of ${times(facts.of, 'run', 'runs')} it has the best ${facts.metric} on validation rows: ${Number(Number(facts.value).toPrecision(4))}.`;
      case 'tie':
        return `Another run has the same ${facts.metric}; the earlier one was taken.`;
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
  card: {
    title: (project: string, number: number): string => `${project}: model ${number}`,
    subtitle: (version: string): string => `Model card, made from recorded evidence by Perennial ${version}. Every number here was computed on the data named below; none was typed in.`,
    use: 'What it is for',
    noQuestion: 'No question was written down while scoping.',
    classifies: (target: string, classes: string, positive: string | null): string => `It predicts “${target}”, one of: ${classes}.${positive === null ? '' : ` The positive class is “${positive}”.`}`,
    estimates: (target: string): string => `It predicts the number “${target}”.`,
    threshold: (threshold: string): string => `A row is called positive from a probability of ${threshold} on; the threshold was chosen on validation rows.`,
    promises: 'What was promised',
    noPromises: 'No criteria were written, so no gate was passed or failed.',
    promiseHead: ['Criterion', 'Value', '95 % interval', 'n', 'Verdict', 'Why'],
    verdict: (verdict: string, passed: boolean): string => `${passed ? 'passed' : 'not passed'} (${verdict === 'holds' ? 'the whole interval meets it' : verdict === 'fails' ? 'the whole interval falls short' : 'the interval crosses the target'})`,
    gateRule: (rule: string, validation: boolean): string => `The gate asks ${rule === 'bound' ? 'the interval’s safe end' : 'the value'}, on ${validation ? 'validation rows (the test rows are still sealed)' : 'test rows'}.`,
    performance: 'How well it does',
    metricHead: ['Metric', 'Value', '95 % interval', 'n', 'Interval by'],
    metric: (name: string): string => name,
    testSealed: 'These figures are from validation rows, which also decided when to stop training. The test rows are sealed: nobody has looked at them.',
    testOpened: (looks: number): string => `These figures are from test rows, which played no part in training or choosing. Reports on test rows made in this project: ${count(looks)}.`,
    data: 'What it learnt from',
    rows: (rows: number, columns: number): string => `${times(rows, 'row', 'rows')} of ${times(columns, 'column', 'columns')}`,
    quarantined: (n: number): string => `${times(n, 'row', 'rows')} held back at import`,
    split: (train: number, validation: number, test: number): string => `${count(train)} rows to train, ${count(validation)} to validate, ${count(test)} to test, decided by hashing row keys`,
    version: (hash: string): string => `data version ${hash}`,
    membership: (hash: string): string => `split membership ${hash}`,
    columnHead: ['Column', 'Type', 'Missing', 'Use'],
    model: 'What it is',
    learner: (learner: string, parameters: number, features: number): string => `${learner}: ${times(parameters, 'parameter', 'parameters')} on ${times(features, 'feature', 'features')}`,
    plan: (settings: string, seed: number, engine: string): string => `${settings === '' ? 'no settings' : settings}; seed ${seed}; engine ${engine}`,
    artifact: (hash: string): string => `model ${hash}`,
    notPackaged: 'Not packaged for other runtimes yet.',
    noOnnx: (why: string): string => `No ONNX file: ${why}`,
    parity: (passed: boolean, rows: number, difference: string): string => (passed ? `The ONNX file was run in onnxruntime-web on ${times(rows, 'row', 'rows')}: largest difference ${difference}.` : `The ONNX file was NOT verified: onnxruntime-web disagreed on ${times(rows, 'row', 'rows')}${difference === '' ? '' : ` by up to ${difference}`}.`),
    latency: (p95: string, rows: string): string => `On the device where it was measured, 95 of 100 answers took at most ${p95} ms; ${rows} rows a second in batches.`,
    limits: 'What to mind',
    limitations: (left: string): string[] => [
      ...(left === '' ? [] : [`It does not look at: ${left}.`]),
      'It knows only what the data above shows; people or things unlike those rows may get wrong answers, and it will not say so.',
      'A metric over all rows can hide a group that fares badly. Criteria on slices are the way to find out.',
      'Watch new batches: when they drift, these figures no longer hold.',
    ],
    history: 'What happened to it',
    registered: (day: string, waiver: string): string => `${day}: registered${waiver === '' ? '' : `, although a criterion was not met: ${waiver}`}`,
    aliasMoved: (day: string, alias: string, given: boolean, why: string): string => `${day}: ${given ? `became ${alias}` : `ceased to be ${alias}`}. ${why}`,
    undefinedValue: 'undefined',
    notComputed: 'not computed',
    noInterval: 'none',
  },
};
