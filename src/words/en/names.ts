/** @file What things are called, by the names that the code gives them. */

/** What the meaning of a metric is told with. */
export interface MetricFacts {
  readonly positive: string | null;
  readonly target: string;
}

/** Everyday name of a metric, and what it means in one sentence. */
export const metricNames: Readonly<Record<string, readonly [string, string]>> = {
  accuracy: ['Accuracy', 'share of the answers that are right'],
  balanced_accuracy: ['Balanced accuracy', 'share of each class that is found, averaged over the classes'],
  precision: ['Precision', 'of those named positive, the share that is'],
  recall: ['Recall', 'of the positives, the share that is found'],
  f1: ['F1', 'precision and recall in one number, which is low when either is'],
  roc_auc: ['Ranking (ROC AUC)', 'how often a positive row is ranked above a negative one; .5 is chance'],
  roc_auc_ovr: ['Ranking (ROC AUC, each class against the rest)', 'how often a row of a class is ranked above one of another; .5 is chance'],
  average_precision: ['Average precision', 'precision, averaged over all recalls'],
  log_loss: ['Log loss', 'how surprised the model was by the truth; 0 is not at all, smaller is better'],
  brier: ['Brier score', 'mean squared error of the probability; smaller is better'],
  r2: ['R²', 'share of the ups and downs that is explained; 1 is all, 0 is none'],
  rmse: ['Root mean squared error', 'the typical error, in the target’s own unit; large errors count more'],
  latency_p50: ['Latency (p50)', 'half of the single requests take at most this long, on the device at hand'],
  latency_p95: ['Latency (p95)', '95 of 100 single requests take at most this long, on the device at hand'],
  latency_p99: ['Latency (p99)', '99 of 100 single requests take at most this long, on the device at hand'],
  throughput: ['Throughput', 'rows answered in a second when many are asked at once, on the device at hand'],
  mae: ['Mean absolute error', 'the average error, in the target’s own unit'],
};

/** A metric by the name that people read. */
export const metricCalled = (name: string | number | undefined): string => metricNames[String(name)]?.[0] ?? String(name);

export const learnerNames: Readonly<Record<string, string>> = { baseline: 'baseline', linear: 'linear model', dense: 'small neural network' };

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
