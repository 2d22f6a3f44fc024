/** @file Words of what can be set: for learners and for recipes, what each setting is called and does, and what its values are called. */

const recipeSettings: Readonly<Record<string, { readonly label: string; readonly says: (value: string) => string }>> = {
  scaling: {
    label: 'Scale numbers',
    says: (value) =>
      ({
        standard: 'Less the mean, over the standard deviation of the training rows.',
        robust: 'Less the median, over the middle half: a few extreme values change little.',
        quantile: 'Each number becomes its rank among the training rows, 0 to 1.',
        none: 'As they are: trees look at the order of numbers only.',
      })[value] ?? '',
  },
  coding: {
    label: 'Categories',
    says: (value) =>
      ({ oneHot: 'A column of 0 and 1 for every category; one never seen is 0 in all of them.', ordinal: 'A number for every category, in alphabetical order: only where the order means something.', codes: 'Left to the learner: for those that take categories as such.' })[value] ?? '',
  },
  fillNumbers: {
    label: 'Missing numbers become',
    says: (value) =>
      value === 'zero' ? 'Only where missing means none.' : value === 'keep' ? 'Left to the learner: for those that learn from what is missing.' : 'Worked out on the training rows, and kept with the model.',
  },
  missingIndicator: { label: 'Say where numbers were missing', says: () => 'A second column of 0 and 1 beside each number, filled or not.' },
  fillCategories: {
    label: 'Missing categories become',
    says: (value) => (value === 'own' ? 'That something is missing may itself tell.' : 'As if the commonest answer had been given.'),
  },
  rareBelow: { label: 'Categories are rare below', says: () => 'Training rows. Rare ones are put together as “other”, and so is what was never seen. 0: none is rare for its count.' },
  mostCategories: { label: 'Most categories of a column', says: () => 'The commonest are kept, the rest become “other”.' },
  dateParts: {
    label: 'Parts of dates',
    says: (value) =>
      ({
        all: 'Year, month, day, weekday, hour, and the season.',
        withoutYear: 'No training row knows the years to come: without them only the season and the week are learnt.',
        withoutHour: 'For dates that have no time of day.',
        yearAndMonth: 'Nothing finer than a month.',
      })[value] ?? '',
  },
};

interface SettingWords {
  readonly label: string;
  readonly says: string;
}

/** Settings of learners, by name. */
const settings: Readonly<Record<string, SettingWords>> = {
  hidden: { label: 'Hidden layers', says: 'Units of each layer, with commas. Empty: none, which is logistic or linear regression.' },
  activation: { label: 'Activation', says: 'What bends the sums between layers. ReLU is quick and usual, GELU smooth.' },
  norm: { label: 'Normalisation', says: 'Keeps the sums of a layer in one range: of each row (layer) or of the rows of a step (batch). Helps deep networks.' },
  residual: { label: 'Residual connections', says: 'Adds what goes into a layer to what comes out, between equally wide layers. Helps deep networks.' },
  embedding_width: { label: 'Embedding width', says: 'How many learnt numbers stand for a category, where categories come as such. 0: by the number of categories.' },
  loss: { label: 'Loss', says: 'For values: squared, Huber (far-off rows count less), or quantile (a value that so large a share stays below).' },
  huber_delta: { label: 'Huber threshold', says: 'Errors beyond it count by their size and not their square; in standard deviations of the target.' },
  quantile: { label: 'Quantile', says: 'Share of rows that should lie below the answer. 0.5: the median.' },
  optimizer: { label: 'Optimiser', says: 'How steps follow from gradients: AdamW (usual), Adam, or plain descent with momentum (SGD).' },
  momentum: { label: 'Momentum', says: 'Share of the last step that is kept in the next; for SGD. Usual: 0.9.' },
  schedule: { label: 'Schedule', says: 'How the learning rate changes while it learns.' },
  schedule_epochs: { label: 'Length of the schedule', says: 'Epochs until the learning rate is at its lowest.' },
  warmup_epochs: { label: 'Warm-up', says: 'Epochs over which the learning rate rises at the beginning. 0: none.' },
  clip_norm: { label: 'Gradient clipping', says: 'Longer gradients are cut to this length, so that one odd step breaks nothing. 0: any length. Usual: 1.' },
  dropout: { label: 'Dropout', says: 'Share of units left out at random while learning; helps against learning by heart. Usual: 0 to 0.5.' },
  learning_rate: { label: 'Learning rate', says: 'How far each step goes. Too large runs away, too small takes for ever. Usual: 0.0001 to 0.01.' },
  batch_size: { label: 'Rows a step', says: 'Rows looked at before each step. Usual: 32 to 1024.' },
  epochs: { label: 'Most epochs', says: 'Passes over the training rows at the most.' },
  patience: { label: 'Patience', says: 'Epochs without gain on validation rows before it stops. 0: never stops early.' },
  weight_decay: { label: 'Weight decay', says: 'Pulls weights towards 0; helps against learning by heart. Usual: 0 to 0.1.' },
  rounds: { label: 'Most rounds', says: 'Trees that are grown one after the other (one a class with three classes or more). It ends earlier when patience is over.' },
  trees: { label: 'Trees', says: 'More are steadier and slower. Usual: 100 to 500.' },
  max_depth: { label: 'Depth', says: 'Questions one after the other at the most. Deeper sees more and learns by heart sooner. 0: no limit.' },
  max_leaves: { label: 'Most leaves', says: 'Answers that a tree can give at the most. 0: as many as its depth allows.' },
  grow_policy: { label: 'Growth', says: 'One level after the other, or always where most is gained; then limit the leaves.' },
  min_child_weight: { label: 'Least weight of a leaf', says: 'Rows that a leaf stands for at the least; with classes, rows that are sure already count less. Larger is stricter.' },
  min_leaf: { label: 'Least rows of a leaf', says: 'No answer rests on fewer rows than this. Larger is stricter.' },
  min_split_gain: { label: 'Least gain of a split', says: 'A question is only asked if it helps by this much. 0: any help will do.' },
  subsample: { label: 'Share of rows', says: 'Each tree sees this share of the rows, drawn by chance. Below 1 helps against learning by heart.' },
  colsample: { label: 'Share of columns', says: 'Each tree sees this share of the columns, drawn by chance.' },
  quantile_alpha: { label: 'Quantile', says: 'With the loss quantile: the share of rows that should lie below the answer.' },
  huber_slope: { label: 'Huber threshold', says: 'With the loss Huber: beyond so many standard deviations of the target an error counts singly, not squared.' },
  monotone: { label: 'Monotone constraints', says: 'Columns whose larger values may only raise (+) or lower (-) the answer, such as age:+,debt:-. Empty: free.' },
  interactions: { label: 'Interaction constraints', says: 'Groups of columns that may act together, such as age,income;city,street. A column in no group acts alone. Empty: all may.' },
  max_bins: { label: 'Bins', says: 'Steps in which the values of a column are seen. Fewer are quicker and coarser.' },
  max_features: { label: 'Columns tried at a split', says: 'How many columns, drawn by chance, each question is chosen from. By the target: the square root of all for classes, a third for values.' },
  bootstrap: { label: 'Bootstrap the rows', says: 'Each tree sees as many rows as there are, drawn with repetition.' },
  smoothing: { label: 'Smoothing', says: 'Rows of the usual shares that are added to each leaf, so that a small one never says never. 0: shares as counted.' },
  penalty: { label: 'Penalty', says: 'What keeps weights small: L2 pulls all of them towards 0, L1 sets many to 0. Without one there are standard errors.' },
  l2: { label: 'Strength of L2', says: 'Pulls weights towards 0. Larger is stricter; 1 is usual. Counts with the penalties L2 and both.' },
  l1: { label: 'Strength of L1', says: 'Sets weights that hardly help to 0. Larger is stricter. Counts with the penalties L1 and both.' },
  max_iterations: { label: 'Most iterations', says: 'It ends earlier when nothing changes any more.' },
  k: { label: 'Neighbours', says: 'How many of the nearest training rows answer together. Few follow every detail, many smooth it away. Usual: 5 to 50.' },
  weights: { label: 'Weight of a neighbour', says: 'Whether all count alike or the nearer ones more.' },
  alpha: { label: 'Smoothing of categories', says: 'Rows that each category of each class is given for free, so that what was never seen is not impossible. 1 is usual.' },
  var_smoothing: { label: 'Smoothing of spreads', says: 'Share of the largest spread that is added to all, so that a constant column decides nothing alone. 1e-9 is usual.' },
  bags: { label: 'Bags', says: 'Models whose mean is taken, each learnt from other rows; they give the curves their error bars. 1: no error bars. Usual: 8.' },
  pairs: { label: 'Pairs of columns', says: 'How many pairs of columns may act together. Those that promise most are chosen. 0: every column for itself.' },
  tolerance: { label: 'Tolerance', says: 'How flat is flat enough to end. Smaller is more exact and slower.' },
};

/** Where a name means something else for one learner. */
const settingsOfOne: Readonly<Record<string, SettingWords>> = {
  'boosting loss': { label: 'Loss', says: 'What is small when it is right. By the target: log-loss for classes, squared error for values. Absolute and Huber bear outliers, Poisson is for counts, quantile for a share of the rows below.' },
  'boosting l2': { label: 'Strength of L2', says: 'Pulls the answers of leaves towards 0. Larger is stricter; 1 is usual.' },
  'boosting learning_rate': { label: 'Learning rate', says: 'How much each tree says. Smaller needs more rounds and is often more exact. Usual: 0.03 to 0.3.' },
  'boosting patience': { label: 'Patience', says: 'Rounds without gain on validation rows before it stops. 0: never stops early.' },
  'ebm learning_rate': { label: 'Learning rate', says: 'How far each step moves a curve. Smaller is calmer and slower. Usual: 0.01 to 0.05.' },
  'ebm patience': { label: 'Patience', says: 'Rounds without gain on the rows that are kept back before a bag stops. 0: never stops early.' },
  'ebm rounds': { label: 'Most rounds', says: 'It ends earlier when the rows that are kept back are predicted no better any more.' },
  'ebm max_leaves': { label: 'Most leaves', says: 'Into how many parts one step may cut a column. Few give calm curves. Usual: 2 or 3.' },
  'ebm min_leaf': { label: 'Fewest rows in a part', says: 'A part of a column with fewer rows is not looked at by itself.' },
};

/** Values of the choices of learners, by setting and value. */
const settingValues: Readonly<Record<string, string>> = {
  'activation relu': 'ReLU',
  'activation tanh': 'tanh',
  'activation gelu': 'GELU',
  'norm none': 'None',
  'norm layer': 'Of each row (layer)',
  'norm batch': 'Of the rows of a step (batch)',
  'loss auto': 'By the target',
  'loss squared': 'Squared',
  'loss absolute': 'Absolute',
  'loss huber': 'Huber',
  'loss quantile': 'Quantile',
  'loss poisson': 'Poisson',
  'optimizer adamw': 'AdamW',
  'optimizer adam': 'Adam',
  'optimizer sgd': 'SGD with momentum',
  'schedule constant': 'Constant',
  'schedule cosine': 'Along a cosine',
  'schedule step': 'In two steps',
  'schedule one_cycle': 'Up and down once',
  'grow_policy depthwise': 'Level by level',
  'grow_policy lossguide': 'Where most is gained',
  'max_features auto': 'By the target',
  'max_features sqrt': 'Square root of all',
  'max_features third': 'A third',
  'max_features all': 'All',
  'penalty none': 'None',
  'penalty l2': 'L2 (ridge)',
  'penalty l1': 'L1 (lasso)',
  'penalty elasticnet': 'Both (elastic net)',
  'weights uniform': 'All alike',
  'weights distance': 'The nearer, the more',
};

/** Values of the recipe's choices, by setting and value. */
const recipeValues: Readonly<Record<string, string>> = {
  'scaling standard': 'Standard',
  'scaling robust': 'Robust',
  'scaling quantile': 'To ranks',
  'scaling none': 'Not at all',
  'coding oneHot': 'One column each',
  'coding ordinal': 'One number',
  'coding codes': 'As they are',
  'fillNumbers median': 'The median',
  'fillNumbers mean': 'The mean',
  'fillNumbers mostFrequent': 'The most frequent',
  'fillNumbers zero': 'Zero',
  'fillNumbers keep': 'Stay missing',
  'fillCategories own': 'A category of its own',
  'fillCategories mostFrequent': 'The most frequent',
  'dateParts all': 'All',
  'dateParts withoutYear': 'All but the year',
  'dateParts withoutHour': 'All but the hour',
  'dateParts yearAndMonth': 'Year and month',
};

const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no');
const none = 'none';

/** Part of the words of modelling. */
export const settingWords = {
  yesNo,
  none,
  /** A choice of the recipe, and what its value does. */
  recipeSetting: (name: string): { readonly label: string; readonly says: (value: string) => string } => recipeSettings[name] ?? { label: name, says: () => '' },
  recipeValue: (name: string, value: string): string => recipeValues[`${name} ${value}`] ?? value,
  /** A setting of a learner: what it is called, and what it does. */
  setting: (name: string, learner = ''): SettingWords => settingsOfOne[`${learner} ${name}`] ?? settings[name] ?? { label: name, says: '' },
  /** A value of a setting of a learner, as a form and a plan show it. */
  settingValue: (name: string, value: string | number | boolean, learner = ''): string =>
    typeof value === 'boolean' ? yesNo(value) : value === '' ? none : (settingValues[`${learner} ${name} ${value}`] ?? settingValues[`${name} ${value}`] ?? String(value)),
};
