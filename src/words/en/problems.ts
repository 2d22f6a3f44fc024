/** @file One sentence per refusal: what is wrong, where, and what to do. */

import { columnType, metricName, taskNames } from './names';
import { type Facts, bytesText, count, locale, megabytes, times } from './text';

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

export const heldBackFor = (reason: string | number | undefined): string => heldBack[String(reason)] ?? String(reason);

const looks: Readonly<Record<string, string>> = { zip: 'a zip archive', png: 'a PNG image', jpeg: 'a JPEG image', gif: 'a GIF image', pdf: 'a PDF', gzip: 'a gzip archive', unknown: 'binary data', text: 'plain text' };

const looksLike = (kind: string | number | undefined): string => looks[String(kind)] ?? `a ${String(kind)} file`;

const engineReasons: Readonly<Record<string, string>> = { noAdapter: 'the browser offers no graphics adapter', refused: 'the browser does not start it', timeOut: 'it did not start in time', noFloat32: 'it cannot compute with 32-bit floats', noSimd: 'this browser has no SIMD in WebAssembly' };

/** One sentence per refusal code: what is wrong, where, and what to do. */
export const problems: Readonly<Record<string, (facts: Facts) => string>> = {
  emptyFile: ({ file }) => `${file} is empty: there is not a single byte in it. Choose another file.`,
  headerOnly: ({ file, columns }) => `${file} has a header of ${times(columns, 'column', 'columns')} and no rows under it. Add rows, or say that it has no header.`,
  binaryFile: ({ file, looksLike: kind }) => `${file} is not a table: it looks like ${looksLike(kind)}. Open a CSV, TSV, JSON Lines, Parquet or .xlsx file.`,
  unsupportedFormat: ({ file, looksLike: kind }) => `${file} looks like ${looksLike(kind)}, which is not read here. Save it as CSV, JSON Lines, Parquet or .xlsx.`,
  encodingUnknown: ({ encoding }) => `This browser knows no text encoding named ${encoding}. Choose UTF-8 or another one from the list.`,
  unusableDelimiter: ({ delimiter, quote }) => `Fields cannot be parted by “${delimiter}” and quoted by “${quote}” at once. Give two different single characters.`,
  tooManyColumns: ({ columns, limit }) => `The table has ${count(Number(columns))} columns; at most ${count(Number(limit))} can be worked with. Leave some out, or turn the table on its side.`,
  noRowsLeft: ({ file, quarantined, reason, column, line }) =>
    `Not one row of ${file} could be read: ${times(quarantined, 'row was', 'rows were')} held back, mostly because ${heldBackFor(reason)}${line === undefined ? '' : ` (first in line ${count(Number(line))}${column === undefined ? '' : `, column “${column}”`})`}. ${/^not(?:Json|AnObject)$/.test(String(reason)) ? 'Write one object a line.' : 'Check the delimiter, the quote character and the types.'}`,
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
  targetNotNumeric: ({ column, type }) => `“${column}” is of type ${columnType(type)}, and regression predicts numbers. Choose a numeric target, or ask for classification.`,
  positiveNeedsTwoClasses: ({ column, positive, classes }) => `“${positive}” cannot be the positive class: “${column}” has ${Number(classes) === 0 ? 'numbers to predict' : `${count(Number(classes))} classes`}, and only a target with two classes has a positive one. Leave the positive class out.`,
  unknownPositiveClass: ({ column, positive, first, second }) => `“${positive}” is not a class of “${column}”: its classes are “${first}” and “${second}”.`,
  fewerRowsThanClasses: ({ rows, classes }) => `There are ${times(rows, 'row', 'rows')} for ${count(Number(classes))} classes. Each class needs several rows: add rows, or merge classes.`,
  tooFewRows: ({ rows, needed }) => `There ${Number(rows) === 1 ? 'is' : 'are'} ${times(rows, 'distinct row', 'distinct rows')} with a target; training, validation and test need at least ${count(Number(needed))}. Add rows.`,
  partWithoutRows: ({ part, rows }) => `The ${part} part of the split would get none of the ${times(rows, 'row', 'rows')}. Add rows, choose other shares, or use smaller groups.`,
  badShares: () => 'The shares of training, validation and test must be between 0 and 1 and add up to 1.',
  allTimesMissing: ({ rows }) => `The time column is empty in all ${times(rows, 'row', 'rows')}, so rows cannot be split by time. Choose another column.`,
  tooFewTimes: ({ distinct, needed }) => `The time column has ${times(distinct, 'instant', 'different instants')}; a split by time needs at least ${count(Number(needed))}.`,
  timeNotOrdered: ({ column, type }) => `“${column}” is of type ${columnType(type)} and has no order in time. Choose a date or number column, or change its type.`,
  noUsableColumns: ({ columns }) => `None of the ${times(columns, 'other column', 'other columns')} can be learnt from: they are excluded, empty, constant, free text or identifiers. Change a type, or include a column.`,
  valueDoesNotFit: ({ column, value, type }) => `“${value}” is not a value of “${column}”, which is of type ${columnType(type)}. Write it as the other rows do.`,
  duplicateColumnName: ({ column }) => `There is a column “${column}” already. Choose another name.`,
  noLabels: ({ target }) => `None of these rows has a known value of “${target}”, so the answers cannot be judged. Add the true values first.`,

  recipeBadSetting: ({ column, step, setting, value }) => `The step ${step} of column “${column}” cannot work with ${setting} = ${value}. Choose another value.`,
  recipeHasNoTrainingRows: ({ rows }) => `None of the ${times(rows, 'row', 'rows')} is a training row, so a recipe cannot be fitted. Make another split.`,
  recipeLacksColumn: ({ column }) => `The recipe uses a column “${column}” that this version of the data does not have. Take the step out, or take another version in hand.`,
  recipeColumnType: ({ column, expected, found }) => `The recipe expects “${column}” to be of type ${columnType(expected)}, and here it is ${columnType(found)}. Change the type back, or make a new recipe.`,
  recipeUnknownStep: ({ column, step }) => `Column “${column}” has a step “${step}” that this version of Perennial does not know.`,
  recipeStepDoesNotFit: ({ column, step, kind }) => `The step ${step} of column “${column}” cannot take ${kind}. Put another step before it, or choose another one.`,
  recipeStepVersion: ({ column, step, version }) => `The step ${step} of column “${column}” was fitted by version ${version}, which this version of Perennial does not apply. Train again.`,
  recipeColumnHasNoFeatures: ({ column }) => `The steps of column “${column}” end in something that is not numbers. End with one-hot, ordinal or scaling.`,
  recipeLeavesMissing: ({ column, row }) => `Column “${column}” still has a missing value in row ${Number(row) + 1} after its steps. Add a step that fills it in.`,

  learnerNotForTask: ({ learner, task }) => `The ${learner} learner predicts ${task === 'regression' ? 'classes' : 'numbers'} only, and this target is ${task === 'regression' ? 'a number' : 'a class'}. Choose another learner.`,
  learnerNeedsFilled: ({ learner, column }) => `The ${learner} learner cannot work with missing values, and the recipe leaves them in “${column}”. Choose what missing numbers become.`,
  learnerNeedsCoding: ({ learner, column }) => `The ${learner} learner cannot work with categories as they are, and the recipe leaves “${column}” so. Choose one column each, or one number.`,
  exportHoldsRows: ({ rows }) => `The files of this model hold ${Number(rows).toLocaleString('en')} rows of the data it learnt from, and are not written. Ask again with --with-rows if they may leave.`,
  outOfMemory: ({ megabytes: size }) => `This needs about ${size} MB of memory, more than the browser gives. Train on fewer rows or columns, or choose smaller settings.`,
  unknownLearner: ({ learner }) => `There is no learner named “${learner}”.`,
  seedOutOfRange: ({ seed, low, high }) => `A seed is a whole number from ${low} to ${high}, not ${seed}.`,
  settingUnknown: ({ of, name, known }) => `The ${of === 'recipe' ? 'recipe' : `${of} learner`} has no setting “${name}”. It has: ${known}.`,
  settingNotANumber: ({ name, value }) => `“${value}” is not a number, and ${name} must be one.`,
  settingNotWhole: ({ name, value }) => `${name} must be a whole number, not ${value}.`,
  settingNotAChoice: ({ name, value, choices }) => `${name} cannot be “${value}”. It is one of: ${choices}.`,
  settingNotYesOrNo: ({ name, value }) => `${name} is yes or no, not “${value}”.`,
  settingNotText: ({ name }) => `${name} must be a text.`,
  settingOutOfRange: ({ name, value, low, high }) => `${name} must lie between ${low} and ${high}; ${value} does not.`,
  engineLacksSetting: ({ engine, setting, value }) => `The engine ${engine} cannot work with ${setting} = ${value}. Choose the engine native, or another value.`,
  engineLacksCategories: ({ engine }) => `The engine ${engine} cannot learn from categories as such. Choose the engine native, or give each category a column of 0 and 1.`,
  hiddenWidthsUnreadable: ({ value, widest, deepest }) => `“${value}” does not name hidden layers. Write widths with commas, such as 64,32: at most ${deepest} layers of at most ${widest} units.`,
  monotoneUnreadable: ({ value }) => `“${value}” does not name directions. Write columns with + or -, such as age:+,debt:-.`,
  interactionsUnreadable: ({ value }) => `“${value}” does not name groups of columns. Write names with commas and groups with semicolons, such as age,income;city,street.`,
  constraintUnknown: ({ name }) => `There is no feature or column named “${name}” to constrain.`,
  monotoneOfCategory: ({ name }) => `“${name}” is a category, which has no direction. Only numbers can be made to raise or lower the answer.`,
  monotoneManyClasses: () => 'Directions need two classes or a value to predict: with more classes, what raises one lowers another.',
  lossNotForClasses: ({ loss }) => `The loss ${loss} is for values; classes are learnt with log-loss. Choose auto.`,
  poissonNegative: ({ value }) => `The loss poisson is for counts, and the target is ${value} in some row. Choose another loss.`,
  tooManyClasses: ({ classes, most }) => `${count(Number(classes))} classes are more than the ${count(Number(most))} that a forest can count. Group rare ones first.`,
  trainingDiverged: ({ epoch }) => `Training ran away in epoch ${epoch}: the loss is no longer a number. Lower the learning rate, and look for extreme values in the data.`,
  engineUnavailable: ({ engine, reason }) => `The engine ${engine} cannot be used here (${engineReasons[String(reason)] ?? reason}). Choose another engine; the plain one always works.`,
  deviceLost: ({ engine }) => `The graphics device behind ${engine} was lost in the middle of the work. What was checkpointed is kept: train again, or choose another engine.`,
  stoppedTooEarly: () => 'Training was stopped before its first epoch had ended, so there is no model to keep. Train again, and stop it after an epoch.',
  crossValidationStopped: () => 'Cross-validation was stopped before every row was scored, and part of its figures would mislead, so no run was kept. The trained model itself is kept: train again with the same settings to go on with the folds.',
  nothingToCrossValidate: ({ rows }) => `Cross-validation could score none of the ${times(rows, 'row', 'rows')}: no fold has earlier rows, of other groups, to learn from. Choose another group or time column, or add rows.`,
  pairedRowCountsDiffer: ({ candidate, baseline }) => `The two runs were judged on ${candidate} and ${baseline} rows; only runs on the same rows can be compared in pairs.`,
  pairedTasksDiffer: () => 'The two runs predict different things, so they cannot be compared.',
  pairedTruthsDiffer: ({ differing }) => `The two runs were judged against different answers in ${times(differing, 'row', 'rows')}. Train both on the same version.`,

  criterionSyntax: ({ text, at, expected }) => `“${text}” is not a criterion: at character ${Number(at) + 1}, ${expected} was expected. Write, for example, roc_auc>=0.85 or recall[sex=Female]>=0.6.`,
  unknownMetric: ({ metric, known }) => `There is no metric “${metric}”.${known === '' ? '' : ` Known are: ${known}.`}`,
  correctionLeavesAll: ({ rows }) => `${times(rows, 'row has', 'rows have')} more than one cell that does not fit, so nothing was added. Choose a line and correct it by itself.`,
  versionMoved: ({ from, to }) => `This was made from version ${from}, and meanwhile version ${to} was taken in hand. Nothing was changed; do it again on version ${to}.`,
  notHeldBack: ({ line }) => `Line ${count(Number(line))} is not among the rows that are held back: it was added already, perhaps in another tab. Look at the list again.`,
  correctionWidth: ({ line, cells, columns }) => `Line ${count(Number(line))} was given ${times(cells, 'cell', 'cells')} for ${times(columns, 'column', 'columns')}.`,
  correctionMisfit: ({ line, column, value, reason }) => `Line ${count(Number(line))}: “${value}” does not fit the column “${column}”, since ${heldBackFor(reason)}. Correct it, or leave the field empty.`,
  sliceEmpty: ({ slice }) => `No row belongs to the slice ${slice}. Check the values.`,
  slicedService: ({ metric }) => `${metricName(metric)} is about the device, not about rows, so it cannot be asked of some rows only. Leave the part in [ ] out.`,
  targetOutOfRange: ({ metric, target, low, high }) => `${metric} cannot reach ${target}: it lies between ${low} and ${high}.`,
  sliceColumnUnknown: ({ column }) => `A criterion asks about “${column}”, which is no column of this table. Check the name.`,
  metricDoesNotFit: ({ metric, task }) => `${metric} cannot be computed for this task (${taskNames[String(task)] ?? task}). Choose another metric.`,

  gateNotPassed: ({ failed, of }) => `${count(Number(failed))} of ${times(of, 'criterion', 'criteria')} ${Number(failed) === 1 ? 'does' : 'do'} not pass. Improve the run, or waive it with a reason, which goes into the log and the card.`,
  versionInHand: ({ version }) => `Version ${version} is in hand. Take another version in hand first, then delete this one.`,
  versionUnknown: ({ version }) => `There is no version ${version} in this project.`,
  jobsRunning: () => 'Something is being computed. Wait until it ends, or stop it, then delete.',
  removedForGood: ({ what, version, at }) =>
    `${what === 'rows' ? 'Rows of the data' : version === undefined ? 'The version of the data' : `Version ${version} of the data`} that this rests on ${what === 'rows' ? 'were' : 'was'} deleted for good${at === undefined ? '' : ` on ${new Date(Number(at)).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })}`}, so it cannot be computed again. What was learnt stays; train again on the version in hand to compute it for that.`,
  runRegistered: ({ run, model }) => `Run ${run} stands behind model ${model} and stays. Remove a run that no model version is made of.`,
  runGone: ({ run }) => `The run ${run} behind this model version was removed. Undo its removal, or register another run.`,
  exportStepHasNoOnnx: ({ step, column }) => `The ONNX export is not possible: the step ${step} of column “${column}” has no ONNX form. Use another step, or export weights only.`,
  exportNeedsInput: () => 'A model without inputs cannot be exported.',
  pipelineUnreadable: ({ reason }) => `This pipeline file cannot be read: ${reason}.`,

  batchLacksColumn: ({ column, more }) => `The batch lacks the column “${column}”${Number(more ?? 0) > 0 ? ` and ${count(Number(more))} more` : ''} that the model reads. Add the column, or choose another file.`,
  batchColumnType: ({ column, expected, found }) => `Column “${column}” is of type ${columnType(found)} in this batch and ${columnType(expected)} in the data. Set its type at import.`,
  nothingToCompare: ({ reference, batch }) => `There is nothing to compare: the reference has ${times(reference, 'row', 'rows')}, the batch ${count(Number(batch))}.`,
  noReference: () => 'There is nothing to compare a batch with yet. Train a model, or make a split, first.',
  editLeavesNoRows: ({ rows }) => `This would remove all ${times(rows, 'row', 'rows')}. Keep at least one, or make another project.`,
  lastColumn: ({ column }) => `“${column}” is the only column left, and a table needs one.`,
  unknownRow: ({ key }) => `There is no row with the key ${key} in this version.`,
  nothingToFillWith: ({ column }) => `“${column}” has no value to fill its gaps with. Enter one.`,
  tooFewUnseenRows: ({ rows, needed }) => `Only ${times(rows, 'validation row', 'validation rows')} of the version in hand ${Number(rows) === 1 ? 'is' : 'are'} new to both models; a fair comparison needs at least ${needed}. Add more new rows to the data, then compare again.`,
  keysNotAlike: () => 'The two models learnt from tables whose rows are told apart in different ways, so it cannot be checked which rows are new to both. Train both on versions of one import.',
  columnsDiffer: ({ column }) => `The file lacks the column “${column}” of the data, so its rows cannot be added.`,

  backupDamaged: ({ path }) => `The backup is damaged at ${path}. Nothing was restored and nothing was changed; try another copy.`,
  backupTruncated: ({ path }) => `The backup is cut off: ${path} is missing. Nothing was restored; try another copy.`,
  backupNewer: ({ app }) => `The backup was made by a newer version (${app}). Update Perennial, then restore it.`,
  backupTooLarge: ({ path }) => `The backup is larger than can be restored here (at ${path}).`,
  notABackup: () => 'This file is not a Perennial backup. Backups end in .perennial.zip and are made with “Back up”.',
  projectUnknown: () => 'There is no such project in this browser. It may have been deleted, or it lives under another address or port.',

  storageQuota: () => 'The browser has no room left for this. Nothing that was saved is lost: back up or delete a project, then try again.',
  roomMade: ({ artifacts, bytes }) =>
    `The browser had no room left. ${times(Number(artifacts), 'result', 'results')} that can be computed again ${Number(artifacts) === 1 ? 'was' : 'were'} removed${Number(bytes) > 0 ? ` (${bytesText(Number(bytes))})` : ''}, with what nothing needed any more; your data, models and figures stay. Try again; if there is still no room, back up and delete a project.`,
  storageFenced: () => 'Another tab writes to this project now, so this one only follows. Take over to write here.',
  storageLost: () => 'The browser dropped its database. Reload the page; what was saved is still there.',
  storageBlocked: () => 'An older tab of Perennial holds the database. Close the other tabs, then reload.',
  storageOutdated: () => 'A newer version of Perennial runs in another tab. Reload this one.',
  storageNewer: () => 'The projects here were made by a newer version of Perennial. Update, then open them.',
  storageWiped: () => 'The browser has removed the projects that were kept here. Restore a backup, or start anew.',
  storageDamaged: () => 'A piece of this project is missing from the store. Run the step again, or restore a backup.',
  sampleMissing: ({ path }) => `The sample ${path} is not stored on this device and cannot be fetched now. Connect once, or choose a file of your own.`,
  tooManyCells: ({ cells, limit }) => `${count(Number(cells))} or more cells would change; at most ${count(Number(limit))} are set one by one. Correct them in the file, or name the words as missing at import.`,
  workerDied: ({ message }) => `The computation broke off (${message}). Nothing that was saved is lost; try again, with less data if it was memory.`,
  workersUnsealed: () => 'Computations may not start yet, since this host does not send the content policy and the service worker that adds it is not in charge. Reload the page.',
  controlLate: ({ seconds }) => `Computations may not start yet: the service worker that adds the content policy has not taken charge of this page within ${times(seconds, 'second', 'seconds')}. Try again; if that does not help, reload the page.`,
  noServiceWorker: () => 'This browser does not offer service workers here, so working offline is not possible.',
  insecure: () => 'This page was opened over plain http from another machine, where the browser offers neither safe storage nor locks. Open it at 127.0.0.1 on the machine it runs on, or over https.',
  noIndexedDb: () => 'This browser does not let the page store anything (a private window, or storage is switched off). Allow it, then reload.',
};

/** What a first look at a file found, as a sentence. @param later it is read as the data were, whose types are settled */
export const importProblem = (code: string, f: Facts, later = false): string => {
  const one = Number(f.cells) === 1;
  switch (code) {
    case 'renamedColumns':
      return `${times(f.count, 'column has', 'columns have')} no name of their own, or one that another has too. They get a new name, such as “${f.first}”.`;
    case 'raggedRows':
      return `${times(f.rows, 'row of the sample has', 'rows of the sample have')} more or fewer fields than the header. They will be held back, with their text, and not guessed at.`;
    case 'ambiguousDates':
      return `The dates in “${f.column}” can be read day first or month first. ${
        f.read !== 'monthFirst' ? 'They stay text unless you choose a date type: say there which comes first.' : later ? 'They are read month first; if that is wrong, write them with the year first.' : 'They are read month first: choose the other type over the column if the day comes first.'
      }`;
    case 'misfits':
      return `${times(f.cells, 'cell', 'cells')} of “${f.column}” ${one ? 'does' : 'do'} not fit its type, ${columnType(f.type)} (for instance “${f.example}”). ${one ? 'Its row' : 'Their rows'} will be held back${later ? '.' : ', and can be corrected there. To keep the column as it is written, choose another type over it.'}`;
    case 'replacedCharacters':
      return `${times(f.cells, 'cell holds', 'cells hold')} letters that this encoding cannot read. Try another encoding.`;
    case 'columnNotFound':
      return later ? `The file has no column “${f.column}”, which the data has.` : `There is no column “${f.column}” in this file.`;
    default:
      return code;
  }
};

/** What the grammar of criteria expected, in words. */
export const expectedWords = (expected: string): string => {
  const names: Readonly<Record<string, string>> = {
    metric: 'the name of a metric',
    column: 'the name of a column',
    number: 'a number',
    value: 'a value',
    end: 'nothing more',
    '>= <=': '≥ or ≤',
    '[ >= <=': '≥, ≤ or a condition in [ ]',
    '& ]': '& or ]',
    '= >= <= > <': 'one of = ≥ ≤ > <',
  };
  return names[expected] ?? expected;
};
