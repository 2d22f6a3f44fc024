/** @file What things are called, by the names that the code gives them. */

/** What the meaning of a metric is told with, where it is known. */
export interface MetricFacts {
  readonly positive: string | null;
  readonly target: string | null;
}

interface MetricWords {
  readonly title: string;
  readonly says: (facts: MetricFacts) => string;
}

const unit = (target: string | null): string => (target === null ? 'the target’s own unit' : `units of ${target}`);

/** Every metric by the name that people read, and what it means in one sentence. */
const metricWords: Readonly<Record<string, MetricWords>> = {
  accuracy: { title: 'Accuracy', says: () => 'of all rows, the share answered rightly' },
  balanced_accuracy: { title: 'Balanced accuracy', says: () => 'the share found of each class, averaged: a rare class counts as much as a common one' },
  precision: { title: 'Precision', says: ({ positive }) => (positive === null ? 'of those called a class, the share that are; averaged where there are more than two' : `of those called “${positive}”, the share that are`) },
  recall: { title: 'Recall', says: ({ positive }) => (positive === null ? 'of those of a class, the share found; averaged where there are more than two' : `of those that are “${positive}”, the share found`) },
  f1: { title: 'F1', says: () => 'precision and recall in one number, nearer to the smaller of the two' },
  roc_auc: { title: 'Ranking (ROC AUC)', says: ({ positive }) => `how often a “${positive ?? 'positive'}” row is ranked above another; .5 is guessing` },
  roc_auc_ovr: { title: 'Ranking (ROC AUC, each class against the rest)', says: () => 'how often a row of a class is ranked above the others, averaged over classes; .5 is guessing' },
  average_precision: { title: 'Average precision', says: () => 'precision averaged over everything that can be found' },
  log_loss: { title: 'Log-loss', says: () => 'how surprised it is by what really happened; lower is better, 0 is sure and right' },
  brier: { title: 'Brier score', says: () => 'mean squared distance between probability and what happened; lower is better' },
  r2: { title: 'R²', says: ({ target }) => `share of the ups and downs${target === null ? '' : ` of ${target}`} that is explained; 0 is always saying the mean` },
  rmse: { title: 'Root mean squared error', says: ({ target }) => `usual size of an error in ${unit(target)}, where large ones weigh more; lower is better` },
  latency_p50: { title: 'Latency (p50)', says: () => 'half of the single requests take at most this long, on the device at hand' },
  latency_p95: { title: 'Latency (p95)', says: () => '95 of 100 single requests take at most this long, on the device at hand' },
  latency_p99: { title: 'Latency (p99)', says: () => '99 of 100 single requests take at most this long, on the device at hand' },
  throughput: { title: 'Throughput', says: () => 'rows answered in a second when many are asked at once, on the device at hand' },
  mae: { title: 'Mean absolute error', says: ({ target }) => `average size of an error in ${unit(target)}; lower is better` },
};

/** A metric by the name that people read. */
export const metricName = (name: string | number | undefined): string => metricWords[String(name)]?.title ?? String(name);

/** What a metric means, with the user's own class or column where it is known. */
export const metricMeaning = (name: string, facts: MetricFacts = { positive: null, target: null }): string => metricWords[name]?.says(facts) ?? '';

/** Names within a sentence; the linear learner is named by its task. */
const learnerNames: Readonly<Record<string, string>> = {
  baseline: 'baseline', linear: 'linear model', dense: 'small neural network', bayes: 'naive Bayes', neighbours: 'nearest neighbours',
  tree: 'single tree', forest: 'random forest', boosting: 'boosted trees', ebm: 'explainable boosting machine',
};
export const isLearner = (name: string): boolean => Object.hasOwn(learnerNames, name);

/** A learner within a sentence. @param task what it predicts; null where that is not known, and the linear learner then keeps the name of its family */
export const learnerName = (name: string | number | undefined, task: string | number | null | undefined): string =>
  name === 'linear' && (task === 'classification' || task === 'regression') ? (task === 'classification' ? 'logistic regression' : 'linear regression') : Object.hasOwn(learnerNames, String(name)) ? learnerNames[String(name)]! : String(name);

/** Types of columns by the names that people read. */
export const columnTypes: Readonly<Record<string, string>> = { number: 'number', integer: 'whole number', boolean: 'true or false', date: 'date', category: 'category', text: 'free text', identifier: 'identifier' };

export const columnType = (type: string | number | undefined): string => columnTypes[String(type)] ?? String(type);

export const taskNames: Readonly<Record<string, string>> = { binary: 'two classes', multiclass: 'more than two classes', regression: 'a number' };

export const stepVerbs: Readonly<Record<string, string>> = {
  import: 'a file was read',
  edit: 'the table was changed',
  append: 'rows were added',
  correct: 'rows that were held back were corrected and added',
  profile: 'columns were measured',
  diff: 'two versions were compared',
  split: 'rows were dealt out',
  recipe: 'the recipe was fitted',
  train: 'a model was trained',
  crossValidate: 'a plan was cross-validated',
  score: 'rows were scored',
  evaluate: 'scores were evaluated',
  compare: 'two runs were compared',
  package: 'a model was written as files',
  drift: 'a batch was compared',
};

/** Inputs of steps by the names that the ops know them by. */
export const inputNames: Readonly<Record<string, string>> = {
  source: 'file',
  table: 'table',
  split: 'split',
  recipe: 'recipe',
  model: 'model',
  scores: 'scores',
  batch: 'batch',
  reference: 'reference',
  referenceScores: 'scores of the reference',
  candidateTable: 'table of the new run',
  candidateSplit: 'split of the new run',
  baselineTable: 'table of the run before',
  baselineSplit: 'split of the run before',
  batchScores: 'scores of the batch',
  base: 'first split',
  baseTable: 'table of the first split',
  candidate: 'candidate',
  baseline: 'compared with',
  before: 'before',
  after: 'after',
};

/** Settings of steps by their dotted names. */
export const settingNames: Readonly<Record<string, string>> = {
  target: 'to predict',
  group: 'rows that belong together',
  exclude: 'left out',
  'options.format': 'format',
  'options.encoding': 'encoding',
  'options.delimiter': 'fields parted by',
  'options.quote': 'quote',
  'options.header': 'has a header',
  'options.missing': 'words for missing',
  'options.decimal': 'decimal point',
  'plan.learner': 'learner',
  'plan.seed': 'seed',
  'plan.engine': 'engine',
  'task.target': 'to predict',
  'task.asked': 'asked for',
  'task.positive': 'positive class',
  shares: 'shares of train, validation, test',
  seed: 'seed',
  balanced: 'classes weighed alike',
  threshold: 'threshold',
  part: 'rows',
  folds: 'folds',
  time: 'order in time',
  task: 'as',
  positive: 'positive class',
  metric: 'metric',
};

/** What is in a file of a package. */
export const fileMeanings: Readonly<Record<string, string>> = {
  'model.onnx': 'the whole way from a raw row to the answer, for ONNX runtimes',
  'parity.json': 'rows and the answers they must give',
  'recipe.json': 'how columns become numbers',
  'model.safetensors': 'the weights alone',
  'tfjs/model.json': 'the network, for TensorFlow.js',
  'pipeline.yaml': 'the steps that lead here, to run them again',
  'predictions.csv': 'what it says of the test rows, or of the batch watched last',
  'card.html': 'the model card as a page',
  'card.md': 'the model card as text',
};
