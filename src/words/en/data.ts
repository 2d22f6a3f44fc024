/** @file Words of the data pages. */

import { columnTypes } from './names';
import { type Facts, count, locale, times } from './text';

export const data = {
  title: (project: string, version: number): string => `${project}, version ${version}`,
  emptyTitle: 'Begin with a table',
  sub: (rows: number, columns: number, message: string): string => `${times(rows, 'row', 'rows')} of ${times(columns, 'column', 'columns')}. Last step: ${message}.`,
  subShare: (target: string, label: string, share: string, interval: string): string => `In ${share} ${interval} of the rows, ${target} is ${label}.`,
  subMean: (target: string, mean: string, interval: string): string => `On average, ${target} is ${mean} ${interval}.`,
  emptySub: 'A table with one row per person or thing, and one column per property. It is read here, on this device.',
  views: { import: 'Import', rows: 'Rows', columns: 'Columns', findings: 'Findings', quarantine: 'Held back', versions: 'Versions', split: 'Split' },
  viewsOf: 'Views of the data',
  saveCsv: 'Save as CSV',
  savedCsv: 'Saved. The first column, row_key, names each row: predictions and corrections find their way back by it.',
  train: 'Go on to modelling',
  askScoping: 'Ask the question',
  follows: 'Statistics have not been computed yet. The tab that writes to this project computes them.',
  notMeasured: 'The statistics of this version could not be computed.',
  again: 'Try again',
  measuring: 'Measuring every column',
  undone: 'Nothing changed: the data were like that already.',
  /** Where too many cells would have to be set one by one. */
  readAgain: 'Read the file again',
  types: columnTypes,
  typeHints: {
    number: 'any number', integer: 'numbers without a fraction', boolean: 'two answers', date: 'a day or an instant, in UTC', category: 'words that come again and again', text: 'words that are all different: not learnt from', identifier: 'names a row: not learnt from',
  } as Readonly<Record<string, string>>,

  import: {
    pick: 'Your own table',
    pickText: 'CSV, TSV, JSON Lines, Parquet or .xlsx. It is read, not sent: nothing leaves this device.',
    samples: 'Or begin with a sample',
    samplesFrom: 'real data, small enough to try everything',
    sample: {
      census: { title: 'Census income', text: 'Who earned over $50,000 in 1994? 48,842 people, 14 answers each.' },
      bikes: { title: 'Hired bicycles', text: 'How many bicycles are hired on a day? One row a day of 2011; 2012 arrives later.' },
      churn: { title: 'Leaving customers', text: 'Which customers of a telephone company leave? 7,043 customers.' },
    } as Readonly<Record<string, { title: string; text: string }>>,
    useSample: (title: string): string => `Look at ${title}`,
    licence: (licence: string): string => `licence ${licence}`,
    looking: (name: string): string => `Looking at ${name}`,
    another: 'Choose another file',
    asFound: (name: string, size: string): string => `${name}, ${size}`,
    size: (bytes: number): string => (bytes >= 1e6 ? `${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB` : `${count(Math.max(1, Math.round(bytes / 1e3)))} kB`),
    first: 'The first rows',
    table: 'The first rows as they would be read, with a type over each column',
    choose: 'Choose a table',
    firstFrom: (rows: number, columns: number): string => `${times(rows, 'row', 'rows')}, ${times(columns, 'column', 'columns')}; types can be changed`,
    firstNote: 'Types are told from a sample. When the whole file is read, a column that turns out to hold something else is read as text; a single cell that does not fit is held back with its row.',
    moreColumns: (shown: number, of: number): string => `The first ${count(shown)} of ${count(of)} columns are shown. All are imported.`,
    typeOf: (column: string): string => `Type of ${column}`,
    how: 'How it is read',
    howFrom: 'found out from the file; change what is wrong',
    delimiter: 'Columns are parted by',
    delimiters: { ',': 'comma ,', ';': 'semicolon ;', '\t': 'tab', '|': 'bar |', ' ': 'space' } as Readonly<Record<string, string>>,
    quote: 'Texts are quoted by',
    quotes: { '"': 'double quotes "', "'": 'single quotes \'', '': 'nothing' } as Readonly<Record<string, string>>,
    header: 'The first row holds the names of the columns',
    encoding: 'Letters are written as',
    encodingHint: 'the encoding; wrong when ä or é look odd',
    decimal: 'Decimal mark',
    decimals: { '.': 'point: 3.14', ',': 'comma: 3,14' },
    missing: 'Words for “no answer”',
    missingHint: 'Parted by commas. An empty cell is always missing.',
    sheet: 'Sheet',
    sheetHint: 'Its name; empty for the first one.',
    onlyFormat: (format: string): string => `A ${format} file says itself how it is to be read.`,
    dateOrder: (order: 'dayFirst' | 'monthFirst'): string => (order === 'dayFirst' ? 'date, day first' : 'date, month first'),
    problems: 'What to know before',
    problem: (code: string, f: Facts): string => {
      switch (code) {
        case 'renamedColumns':
          return `${times(f.count, 'column has', 'columns have')} no name of their own, or one that another has too. They get a new name, such as “${f.first}”.`;
        case 'raggedRows':
          return `${times(f.rows, 'row of the sample has', 'rows of the sample have')} more or fewer fields than the header. They will be held back, with their text, and not guessed at.`;
        case 'ambiguousDates':
          return `The dates in “${f.column}” can be read day first or month first. ${f.read === 'monthFirst' ? 'They are read month first: choose the other type over the column if the day comes first.' : 'They stay text unless you choose a date type: say there which comes first.'}`;
        case 'misfits':
          return `${times(f.cells, 'cell', 'cells')} of “${f.column}” ${Number(f.cells) === 1 ? 'is' : 'are'} no ${data.types[String(f.type) as keyof typeof data.types]} (for instance “${f.example}”). ${Number(f.cells) === 1 ? 'Its row' : 'Their rows'} will be held back, to be corrected there. To keep the column as it is written, choose another type over it.`;
        case 'replacedCharacters':
          return `${times(f.cells, 'cell holds', 'cells hold')} letters that this encoding cannot read. Try another encoding.`;
        case 'columnNotFound':
          return `There is no column “${f.column}” in this file.`;
        default:
          return code;
      }
    },
    target: 'What should be predicted?',
    targetHint: 'The column that a model is to answer. It can be chosen later.',
    later: 'decide later',
    group: 'Do several rows belong to one person or thing?',
    groupHint: 'Then choose the column that names it. Its rows stay together when rows are set aside for testing; else a model could recognise what it should foresee.',
    none: 'no, each row stands alone',
    advanced: 'Advanced',
    advancedNote: 'rows that belong together',
    go: 'Import',
    going: 'Importing',
    message: (name: string): string => `Imported ${name}`,
    messageSame: 'This very table is in hand already.',
    done: (rows: number, held: number): string => `${times(rows, 'row', 'rows')} imported${held > 0 ? `, ${times(held, 'row', 'rows')} held back` : ''}.`,
    widening: (column: string): string => `Choose the same file again. “${column}” will be read as text, so that no row is held back for it.`,
    replaces: 'It becomes a new version. The versions before stay as they are.',
    cannotRead: 'This file cannot be read like that',
  },

  rows: {
    grid: (version: number): string => `Rows of version ${version}`,
    note: (type: string, distinct: number, isTarget: boolean): string => `${isTarget ? 'to predict, ' : ''}${type}, ${count(distinct)}`,
    missingShare: (share: string): string => `${share} missing`,
    out: 'left out of models',
    shown: (shown: number, of: number): string => (shown === of ? times(of, 'row', 'rows') : `${count(shown)} of ${times(of, 'row', 'rows')}`),
    counting: 'counting',
    filter: 'Show only rows where',
    column: 'Column',
    operator: 'is',
    operators: { '=': 'equal to', '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than' } as Readonly<Record<string, string>>,
    value: 'Value',
    add: 'Add condition',
    needsValue: 'Write a value first.',
    needsNumber: (column: string): string => `${column} holds numbers: write one, such as 40 or 3.5.`,
    remove: (condition: string): string => `Remove ${condition}`,
    all: 'Show every row',
    typed: 'As text',
    typedHint: 'For example: sex=Female & age>=65. A missing cell meets no condition.',
    nothing: 'No row meets these conditions',
    nothingText: 'Take one away, or change its value.',
    editing: (column: string, row: string): string => `Changed ${column} in row ${row}`,
    columnInHand: (column: string): string => `Open its page: ${column}`,
    press: 'Press a column’s head to see it whole.',
    edit: 'edit',
    open: 'Open its page',
    allFindings: (n: number): string => `all ${count(n)}`,
  },

  columns: {
    goto: 'Go to a column',
    every: 'all columns',
    all: 'All columns',
    from: (type: string, distinct: number): string => `${type} · ${times(distinct, 'distinct value', 'distinct values')}`,
    target: 'to predict',
    excluded: 'left out of models',
    shape: (column: string): string => `Distribution of ${column}`,
    top: (column: string, shown: number): string => `The ${times(shown, 'value', 'values')} of ${column} that come most often`,
    topAll: (column: string): string => `Every value of ${column}`,
    dates: (column: string): string => `Days of ${column}`,
    outside: (below: number, above: number): string => `Not drawn, because they lie far out: ${[below > 0 ? `${count(below)} below` : '', above > 0 ? `${count(above)} above` : ''].filter(Boolean).join(' and ')}.`,
    empty: 'Every cell of this column is missing.',
    mean: 'Mean',
    meanNote: '95 % interval from the spread',
    median: 'Middle',
    half: (low: string, high: string): string => `the middle half lies from ${low} to ${high}`,
    missing: 'Missing',
    missingNote: (missing: number, share: string, rows: number): string => (missing === 0 ? `of ${times(rows, 'row', 'rows')}` : `${share} of ${times(rows, 'row', 'rows')}`),
    distinct: 'Distinct',
    distinctNote: 'different values, missing not counted',
    lengths: 'Length',
    lengthsNote: (low: string, high: string): string => `letters on average; from ${low} to ${high}`,
    quantiles: (column: string): string => `Quantiles of ${column}`,
    levels: ['lowest', '5 % below', '25 % below', 'half below', '75 % below', '95 % below', 'highest'],
    tells: (target: string): string => `Tells about ${target}`,
    association: (name: string): string =>
      (({
        roc_auc: 'AUC: how often a row of the positive class has the larger number. .5 is chance; 0 and 1 are perfect.',
        cramers_v: 'Cramér’s V: how far knowing the category tells the class. 0 is nothing, 1 is everything.',
        eta_squared: 'η²: the share of the variance that the categories account for. 0 is nothing, 1 is everything.',
        spearman: 'Spearman’s correlation of the ranks. 0 is nothing, ±1 is perfect order.',
      }) as Readonly<Record<string, string>>)[name] ?? name,
    unit: (name: string): string => (({ roc_auc: 'AUC', cramers_v: 'V', eta_squared: 'η²', spearman: 'ρ' }) as Readonly<Record<string, string>>)[name] ?? '',
    alone: 'this column alone',
    change: 'Change this column',
    changeNote: 'each change makes a new version; undo brings the old one back',
    type: 'Type',
    retyped: (column: string, type: string): string => `Read ${column} as ${type}`,
    name: 'Name',
    renamed: (from: string, to: string): string => `Renamed ${from} to ${to}`,
    fill: 'Fill the missing cells with',
    fillChoices: { median: 'the median', mode: 'the most frequent value', value: 'a value of my own' },
    fillValue: 'Value',
    fillGo: 'Fill',
    fillNone: 'No cell is missing.',
    fillHint: 'A recipe fills missing cells too, from training rows alone. Fill here only what you know.',
    filled: (column: string, n: number, what: string): string => `Filled ${times(n, 'missing cell', 'missing cells')} of ${column} with ${what}`,
    drop: 'Drop the column',
    dropped: (column: string): string => `Dropped ${column}`,
    isTarget: 'It is what is to be predicted.',
    exclude: 'Leave out of models',
    include: 'Use in models again',
    excludedNow: (column: string): string => `${column} is left out of models`,
    includedNow: (column: string): string => `${column} is used in models again`,
    predict: 'Predict this column',
    predictedNow: (column: string): string => `${column} is what is to be predicted`,
    page: (from: number, to: number, of: number): string => `columns ${count(from)} to ${count(to)} of ${count(of)}`,
    next: 'Next columns',
    previous: 'Columns before',
    gone: 'There is no such column in this version',
    goneText: 'It may have been renamed or dropped.',
  },

  findings: {
    title: 'What stands out',
    from: (open: number, settled: number): string => `${count(open)} open · ${count(settled)} settled`,
    none: 'Nothing stands out',
    allSettled: 'Everything is settled',
    noneText: 'Thirteen checks were made: leaking and repeated columns, repeated and contradicting rows, missing words, spellings, rare classes and more.',
    noTarget: 'Some checks wait for a target: whether a column gives it away, and whether its classes are rare.',
    severity: { high: 'grave', medium: 'worth a look', low: 'minor' } as Readonly<Record<string, string>>,
    settledTitle: 'Settled',
    settledAs: 'right as it is',
    settledDone: 'left out of models',
    right: 'It is right as it is',
    reopen: 'Open again',
    settledNow: (title: string): string => `Settled: ${title}`,
    exclude: (column: string): string => `Leave ${column} out of models`,
    drop: (column: string): string => `Drop ${column}`,
    blank: (n: number): string => `Call ${times(n, 'cell', 'cells')} missing`,
    merge: (n: number): string => `Respell ${times(n, 'cell', 'cells')}`,
    see: 'See the rows',
    column: 'Look at the column',
    tooMany: 'Too many cells to set one by one. Import the file again and name these words under “Words for no answer”, or correct them in the file.',
    blanked: (column: string, n: number): string => `Called ${times(n, 'cell', 'cells')} of ${column} missing`,
    merged: (column: string, n: number): string => `Respelt ${times(n, 'cell', 'cells')} of ${column}`,
    of: (check: string, f: { readonly columns: readonly string[]; readonly values: readonly string[]; readonly rows: number; readonly evidence: Readonly<Record<string, number>> }): { title: string; proof: string; advice: string } => {
      const { columns, values, rows, evidence: e } = f;
      const [column = '', other = ''] = columns;
      const value = values[0] ?? '';
      const percent = (share: number | undefined): string => `${((share ?? 0) * 100).toLocaleString(locale, (share ?? 0) < 0.01 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 })} %`;
      const three = (n: number | undefined): string => Number((n ?? 0).toPrecision(4)).toLocaleString(locale, { maximumFractionDigits: 4 });
      const quoted = values.map((text) => `“${text}”`).join(', ');
      switch (check) {
        case 'leaking': {
          const [name = '', strength] = Object.entries(e).find(([key]) => !['limit', 'n'].includes(key)) ?? [];
          const measure = ({ roc_auc: 'AUC', cramers_v: 'Cramér’s V', eta_squared: 'η²', spearman: 'rank correlation' } as Readonly<Record<string, string>>)[name] ?? name;
          return { title: `${column} alone all but gives the answer away`, proof: `${measure} ${three(strength)} on ${count(e.n ?? 0)} rows; from ${three(e.limit)} on it is suspicious.`, advice: 'Ask when this column becomes known. If it is written down after the fact, a model that leans on it fails in use: leave it out.' };
        }
        case 'conflictingLabels':
          return { title: `${count(rows)} rows are alike but have different answers`, proof: `${times(e.groups, 'group of rows is', 'groups of rows are')} equal in every column but ${column}, ${percent(rows / (e.total || 1))} of all rows.`, advice: 'No model can get all of them right. Look for a wrong answer, or for a column that would tell them apart.' };
        case 'imbalancedTarget':
          return { title: `“${value}” is rare`, proof: `${count(rows)} of ${count(e.known ?? 0)} rows, ${percent(e.share)}. Below ${percent(e.limit)} a model can ignore it and still look good.`, advice: 'Do not judge by accuracy. Recall, precision or average precision tell whether the rare class is found.' };
        case 'fewRowsForClass':
          return { title: `${times(e.classes, 'class has', 'classes have')} fewer than ${count(e.needed ?? 0)} rows`, proof: `${quoted}: together ${times(rows, 'row', 'rows')}, the rarest with ${count(e.fewest ?? 0)}.`, advice: 'There is too little to learn from and to test on. Collect more, or join classes in the file.' };
        case 'mostlyMissing':
          return { title: `${column} is mostly missing`, proof: `${count(rows)} of ${count(e.total ?? 0)} cells, ${percent(e.share)}, have no value.`, advice: 'Find out why. That a value is missing may itself tell something; else leave the column out.' };
        case 'identifierLike':
          return { title: `${column} seems to name the rows`, proof: `${count(e.distinct ?? 0)} different values in ${count(e.known ?? 0)} rows.`, advice: 'A model would learn rows by heart. Leave it out, unless it is a true measurement.' };
        case 'constant':
          return { title: `${column} says the same everywhere`, proof: `One value in all rows${(e.missing ?? 0) > 0 ? `, and ${count(e.missing ?? 0)} of ${count(e.rows ?? 0)} cells are missing` : ''}.`, advice: 'It tells no two rows apart. Drop it.' };
        case 'nearDuplicateColumns':
          return { title: `${column} and ${other} say the same`, proof: e.correlation === undefined ? `Each value of one always meets the same value of the other: ${count(e.distinct ?? 0)} values on ${count(e.n ?? 0)} rows.` : `Correlation ${three(e.correlation)} on ${count(e.n ?? 0)} rows.`, advice: 'One is enough: two split the weight between them and make a model harder to read.' };
        case 'duplicatedRows':
          return { title: `${times(rows, 'row repeats', 'rows repeat')} another one`, proof: `${times(e.groups, 'group', 'groups')} of equal rows, the largest of ${count(e.largest ?? 0)}, among ${count(e.total ?? 0)} rows.`, advice: 'Two people may well give the same answers. Equal rows share a key, so they always fall on the same side of the split and cannot give a test answer away. If they are true copies, remove them in the file.' };
        case 'missingWords':
          return { title: `${column} holds words that mean “no answer”`, proof: `${quoted} in ${count(rows)} of ${count(e.total ?? 0)} cells.`, advice: 'Called missing, they are treated as gaps and not as an answer of their own.' };
        case 'spellingVariants':
          return { title: `${column} spells the same value differently`, proof: `${quoted}. ${times(rows, 'cell differs', 'cells differ')} from the commonest spelling.`, advice: 'To a model these are different categories. Join them.' };
        case 'highCardinality':
          return { title: `${column} has ${count(e.distinct ?? 0)} different categories`, proof: `${count(e.distinct ?? 0)} in ${count(e.known ?? 0)} rows; ${count(rows)} rows hold one beyond the 20 most frequent.`, advice: 'Nothing needs to be done here: the recipe joins rare categories, from training rows alone.' };
        case 'cappedValues':
          return { title: `${count(rows)} rows say exactly ${value} in ${column}`, proof: `It is an end of the range, and the neighbouring values have ${three(e.beside)} rows each on average.`, advice: 'Probably a cap (“that or more”), or a code for “unknown”. If it is a code, set those cells to missing in the file.' };
        default:
          return { title: check, proof: '', advice: '' };
      }
    },
  },

  quarantine: {
    title: 'Held back at import',
    from: (n: number): string => `${times(n, 'row', 'rows')}, never deleted`,
    none: 'No row was held back',
    noneText: 'Every record of the file became a row of the table.',
    intro: 'These records did not fit. They are not in the table and not guessed at; their text is kept here.',
    reasons: 'Why',
    reason: 'Reason',
    rows: 'Rows',
    todo: 'What can be done',
    line: 'line',
    why: 'held back because',
    raw: 'as it stands in the file',
    rawTitle: 'As they stand in the file',
    inColumn: (column: string, reason: string): string => `${column}: ${reason}`,
    fields: (reason: string, found: number, expected: number): string => `${reason} (${count(found)}, not ${count(expected)})`,
    widen: (column: string): string => `Read ${column} as text`,
    widenNote: 'Choose the file again: no row is then held back for this column.',
    correct: 'Or correct the file and import it again.',
    ways: 'Choose a line below to correct it here; or add all of a kind at once, without the cell that does not fit.',
    correctLine: (line: number): string => `Correct line ${count(line)}`,
    add: 'Add this row',
    added: (n: number): string => `${times(n, 'row that was', 'rows that were')} held back ${n === 1 ? 'is' : 'are'} in the data now.`,
    addedMessage: (n: number): string => `added ${times(n, 'row', 'rows')} that ${n === 1 ? 'was' : 'were'} held back`,
    addEmptied: (n: number, column: string): string => (n === 1 ? `Add it without its ${column}` : `Add all ${count(n)} without their ${column}`),
    leaveOut: 'Leave out: that is right',
    leftOut: 'Left out on purpose',
    openAgain: 'Open again',
    dropped: 'dropped since',
    tooLong: 'Only the beginning of this record was kept. Correct the file and import it again.',
    tooWide: (columns: number): string => `With ${count(columns)} columns it is easier to correct in the file.`,
    some: (shown: number, of: number): string => `The text of the first ${count(shown)} of ${count(of)} is kept.`,
    grid: 'Rows held back, with their text',
    carried: 'They belong to the import that this version was made from.',
  },

  versions: {
    title: 'How the data grew',
    from: (n: number): string => times(n, 'version', 'versions'),
    inHand: 'in hand',
    rows: (n: number, delta: number | null): string => `${times(n, 'row', 'rows')}${delta === null || delta === 0 ? '' : ` (${delta > 0 ? '+' : '−'}${count(Math.abs(delta))})`}`,
    take: 'Take in hand',
    takeVersion: (n: number): string => `Take in hand: version ${n}`,
    taken: (n: number): string => `Version ${n} is in hand`,
    list: 'Every version',
    table: 'Versions, the newest first, with what was done and what was learnt from them',
    version: 'Version',
    what: 'What was done',
    size: 'Rows',
    basis: 'Learnt from it',
    restsOn: (runs: number, models: number): string => (runs === 0 ? 'nothing' : `${times(runs, 'run', 'runs')}${models > 0 ? `, ${times(models, 'model', 'models')}` : ''}`),
    action: 'Action',
    stale: 'What is out of date',
    staleFrom: (n: number): string => `built on other data than version ${n}, or another split`,
    staleNone: 'Every run was learnt from the version in hand.',
    noRuns: 'No run has been trained yet, so nothing can be out of date.',
    staleRun: (n: number, learner: string, version: number): string => `Run ${n} (${learner}), learnt from version ${version}`,
    staleModel: (n: number): string => `model ${n} rests on it`,
    staleText: 'They still work and keep their evidence. To compare them with new ones, train again on the version in hand.',
    compare: 'Compare two versions',
    before: 'Before',
    after: 'After',
    choose: 'Choose two different versions.',
    onlyOne: 'There is one version so far. Edit a cell, settle a finding or add rows, and the two can be compared here.',
    comparing: 'Comparing',
    name: (n: number, message: string): string => `v${n}: ${message}`,
    same: 'They hold the same.',
    schema: 'Columns',
    added: (column: string, type: string): string => `${column} was added (${type})`,
    removed: (column: string, type: string): string => `${column} went (${type})`,
    retyped: (column: string, from: string, to: string): string => `${column} was ${from} and is ${to}`,
    schemaSame: 'The same columns, of the same types.',
    rowsTitle: 'Rows',
    rowsSame: (n: number): string => `The same ${times(n, 'row', 'rows')}.`,
    rowsDiffer: (before: number, after: number, added: number, removed: number): string => `${count(before)} before, ${count(after)} after: ${count(added)} added, ${count(removed)} gone. Rows are matched by their key.`,
    cells: 'Cells',
    cellsSame: 'No cell of the rows in both changed.',
    cellsChanged: (n: number): string => `${times(n, 'cell', 'cells')} changed`,
    cellsFirst: (shown: number, of: number): string => `the first ${count(shown)} of ${count(of)}`,
    beforeHead: 'Before',
    afterHead: 'After',
    keyHead: 'Row key',
    missing: 'missing',
    append: 'Add rows from a file',
    appendText: 'A file with the same columns. It is read with the types of the version in hand; a missing target is allowed.',
    appended: (name: string): string => `Added the rows of ${name}`,
    appendedNow: (added: number, held: number): string => `${times(added, 'row', 'rows')} added${held > 0 ? `; ${times(held, 'row that did not fit was', 'rows that did not fit were')} held back: correct and add again` : ''}.`,
    adding: 'Rows are being added.',
    save: 'Take it with you',
    saveText: (version: number, name: string): string => `Version ${version} as ${name}. Its first column, row_key, is made from what a row holds. It names the row in predictions, splits and comparisons, so keep it: by it a correction finds its row. When the file is imported again, leave that column out of models.`,
    keyedFeatures: (column: string | null): string => (column === null ? 'Keys are made from every column.' : `Keys are made from every column but ${column}, so that correcting an answer does not make another row of it.`),
    keyedGroup: (column: string): string => `Keys are made from ${column} alone, so that its rows stay together.`,
  },

  deletion: {
    heading: 'Delete a person’s rows',
    text: 'Finds every row with this value, in every version, added file, watched or predicted batch and undone version of this project, and removes it for good. Rows that share a key (copies, or a group that keys were made from) go together.',
    value: 'Value, exactly',
    find: 'Find the rows',
    looking: 'Every table is being looked through.',
    deleting: 'Rows are being removed.',
    found: (rows: number, versions: number, others: number): string =>
      rows === 0 ? 'no row has this value.' : `${times(rows, 'row', 'rows')} in ${times(versions, 'version', 'versions')}${others > 0 ? ` and ${times(others, 'other table', 'other tables')} (files that were added, batches, undone versions)` : ''}.`,
    open: (rows: number): string => (rows === 1 ? 'Delete this row…' : `Delete these ${count(rows)} rows…`),
    title: (rows: number): string => `Delete ${times(rows, 'row', 'rows')} for good?`,
    goes: 'This cannot be undone, and nothing can be undone past it. Each version and watched batch is replaced by one without these rows; undone versions, and files that were added or predicted, go whole where they hold them. Profiles, comparisons of versions, drift reports, splits and packages made from the old tables go too, since they spell values; what can be made again without the rows is made again.',
    stays: 'Runs and models keep their figures and what they learnt, categories they know by name included: train again to be free of these rows. Rows held back at import have no key and are not looked through. Backups and files you saved stay where you saved them.',
    done: (rows: number, versions: number, others: number, left: number): string =>
      `${times(rows, 'row', 'rows')} removed from ${times(versions, 'version', 'versions')}${others > 0 ? ` and ${times(others, 'other table', 'other tables')}` : ''}; ${
        left === 0 ? 'the scan found none left.' : `the scan still found ${times(left, 'piece', 'pieces')} that hold them. Close other tabs and delete them again.`
      }`,
    elsewhere: (n: number): string => `${times(n, 'artifact is', 'artifacts are')} used by another project of this browser and ${n === 1 ? 'stays' : 'stay'} there: delete the rows in that project too.`,
    heldBack: (n: number): string => `${times(n, 'row', 'rows')} held back at import ${n === 1 ? 'has' : 'have'} no key and ${n === 1 ? 'was' : 'were'} not looked through. They go when their version is deleted.`,
    keep: 'Keep the rows',
    forGood: 'Delete for good',
    openShort: 'Delete for good…',
    openVersion: (n: number): string => `Delete for good: version ${n}`,
    versionTitle: (n: number): string => `Delete version ${n} for good?`,
    versionGoes: (rows: number): string =>
      `This cannot be undone, and nothing can be undone past it. Its ${times(rows, 'row goes', 'rows go')}, with its profile, its comparisons with other versions and the packages that hold rows of it as proof. What another version or another project uses as well stays.`,
    versionStays: 'Runs that learnt from it keep their models and figures, and say that their data is gone.',
    keepVersion: 'Keep the version',
    versionDone: (n: number, artifacts: number, elsewhere: number, left: number): string =>
      `Version ${n} was deleted for good${artifacts > 0 ? `: ${times(artifacts, 'artifact', 'artifacts')} removed` : ': another version is the same table, which stays'}${elsewhere > 0 ? `, ${count(elsewhere)} of them still used by another project` : ''}. ${
        left === 0 ? 'The scan found nothing of it left.' : `The scan still found ${times(left, 'piece', 'pieces')} of it.`
      }`,
    gone: 'deleted',
    tombstone: (message: string, day: string): string => `${message === '' ? 'A version' : message}: deleted for good on ${day}`,
  },

  split: {
    title: 'Who learns, who judges',
    from: (seed: number): string => `dealt out by hashing row keys, seed ${seed}`,
    fromTime: (column: string): string => `dealt out in order of ${column}`,
    explain: 'A model is judged by rows it has not seen. Rows to train are learnt from; rows to validate decide when to stop and which run is better; rows to test are sealed.',
    sealed: (n: number): string => `The ${count(n)} test rows are sealed: no training, no choice and no chart looks at them until you open them for one run.`,
    opened: (runs: number): string => `The test rows have been opened for ${times(runs, 'run', 'runs')}. Each look makes them a little less unseen.`,
    train: 'Train',
    validation: 'Validate',
    test: 'Test',
    trainText: 'learnt from',
    validationText: 'compare and stop by',
    testText: 'sealed',
    noTarget: 'The split waits for a target',
    noTargetText: 'Rows are dealt out so that each part holds its share of every answer. For that it must be known which column is to be predicted.',
    membership: 'Membership',
    membershipText: 'The SHA-256 of who is where, in file order. Two splits with the same hash deal every row alike.',
    stratified: (target: string): string => `Each part holds its share of every answer of ${target}.`,
    stratifiedNumbers: (target: string, strata: number): string => `${target} is cut into ${count(strata)} ranges, and each part holds its share of every range.`,
    grouped: (column: string): string => `Rows with the same ${column} stay together.`,
    timed: (column: string): string => `In order of ${column}: the earliest rows train, the latest test.`,
    left: 'Left out',
    leftNone: 'Every row takes part.',
    leftOut: (n: number, target: string): string => `${times(n, 'row has', 'rows have')} no value of ${target} and cannot be learnt from or judged.`,
    dropped: (groups: number, rows: number): string => `${times(groups, 'group lies', 'groups lie')} on both sides of a cut in time; its ${times(rows, 'row is', 'rows are')} left out.`,
    choice: 'How they are dealt out',
    choiceNote: 'The same choices always give the same split.',
    seed: 'Seed',
    seedHint: 'Any whole number. Another seed deals rows out otherwise.',
    percent: 'in %',
    sum: (sum: string): string => `The three shares add up to ${sum} %; they must add up to 100 %, and none may be 0.`,
    badSeed: 'A seed is a whole number from 1 to 4,294,967,295.',
    group: 'Keep rows together that share',
    groupHint: 'When several rows belong to one person or thing: the column that names it. Else a model could recognise what it should foresee.',
    time: 'Deal out in order of time by',
    noGroup: 'nothing: each row stands alone',
    noTime: 'no: by chance',
    timeHint: 'For what is foretold: train on the past, test on what came after.',
    makes: (runs: number, models: number): string => (runs === 0 ? 'No run rests on the present split, so nothing becomes out of date.' : `${times(runs, 'run', 'runs')}${models > 0 ? ` and ${times(models, 'model', 'models')}` : ''} will be out of date: they were judged on other rows.`),
    go: 'Split like that',
    unchanged: 'Nothing has changed since the last split.',
    changed: 'The rows are dealt out anew',
    splitting: 'Dealing rows out',
    failed: 'It cannot be split like that',
  },

  guide: {
    importTitle: 'What a table is',
    import: 'One row is one case: a person, a day, a machine. One column is one thing known about each. What you want to foresee is a column too: the target.',
    importSecond: 'The file is opened by this page and nobody else. Everything found out about it, such as the decimal mark, can be corrected before anything is kept.',
    importTry: 'choose a sample, change the delimiter, and watch the preview fall apart. Then change it back.',
    rowsTitle: 'Look before you model',
    rows: (rows: number): string => `The small pictures above each column are the whole column: all ${count(rows)} rows, not those on screen. A hatched bar at the right is the share that is missing.`,
    cap: (column: string, rows: number, value: string): string => `${column}: ${times(rows, 'row says', 'rows say')} exactly ${value}, at the end of the range. (Heights as square roots, so that a small bar can be seen.)`,
    capExplain: 'A bar that stands alone is a question. Often it is a cap: somebody wrote the largest value allowed for “that or more”.',
    shape: (column: string): string => `${column}, the whole column. (Heights as square roots, so that small bars can be seen.)`,
    shapeExplain: 'Ask of every picture: is this how the world is, or how it was written down?',
    missing: (column: string, n: number, share: string): string => `Most is missing in ${column}: ${times(n, 'cell', 'cells')}, ${share}. Who does not answer is seldom chance.`,
    rowsTry: 'press a column’s head to see it whole. Press E on a cell to correct it; it makes a new version, and undo brings the old one back.',
    columnsTitle: 'One column at a time',
    columns: 'A mean says where numbers lie; the picture says whether that is true of anyone. Look for two hills, long tails, and a bar that stands alone.',
    best: (column: string, unit: string, value: string, target: string): string => `Here ${column} tells most about ${target} by itself: ${unit} ${value}. A model should do better than this one column.`,
    columnsTry: 'find a column that tells too much. If it is written down after the fact, it will not be there when the model must answer.',
    findingsTitle: 'Not every finding is a fault',
    findings: 'A check can count, but it does not know the world. Each finding says what was measured and what would follow. You decide.',
    findingsOpen: (n: number): string => (n === 0 ? 'No finding is open here.' : `${times(n, 'finding is', 'findings are')} open here.`),
    findingsTry: 'settle one as right. It is written into the log with the version it was seen in, and can be opened again.',
    quarantineTitle: 'Nothing is dropped silently',
    quarantine: 'A row that does not fit its columns is a sign: of a slip, of a changed form, of two files glued together. Dropping it hides the sign; guessing hides it better.',
    quarantineCount: (held: number, rows: number): string => `Of ${count(held + rows)} records, ${count(rows)} became rows and ${count(held)} ${held === 1 ? 'was' : 'were'} held back.`,
    quarantineTry: 'read the raw text of a row that was held back. Is it the row that is wrong, or the type?',
    versionsTitle: 'The data have a history',
    versions: 'Every change makes a version, and every run remembers the one it learnt from. So it can always be said what a figure rests on.',
    versionsTry: 'take an earlier version in hand and look at the modelling stage. Nothing is lost; what rests on another version is hatched.',
    splitTitle: 'An examination needs new questions',
    split: 'Whoever has seen the questions passes any examination. So a part of the rows is sealed before anything is learnt.',
    splitTime: (column: string): string => `Here rows are dealt out in order of ${column}: a model learns from the past and is examined on what came after, as it will be in use.`,
    splitHash: 'Which part a row falls into is decided by hashing its key, not by its place in the file. So a row stays in its part when rows are added, and equal rows stay together.',
    splitNumbers: (train: number, validation: number, test: number): string => `Here ${count(train)} rows train, ${count(validation)} validate and ${count(test)} are sealed.`,
    splitTry: 'change the seed and watch the counts. They hardly move, but the membership hash does: other rows, same shares.',
  },
};

// Modelling: plans, runs, comparison, mistakes, explanation, fairness.
