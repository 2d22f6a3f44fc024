/** @file Words of the guide panel. */

import { lower } from './text';

export const guide = {
  /** Before what the reader may try. */
  tryWord: 'Try:',
  modelling: {
    beginTitle: 'Why begin with a model that knows nothing?',
    begin: (target: string | null): readonly string[] => [
      `Before anything learns${target === null ? '' : ` to predict “${target}”`}, ask what can be had for nothing. The baseline looks at no column and always gives the same answer.`,
      'A figure such as “85 % right” says little by itself: where 85 % of rows have the same answer, the baseline is as good. What counts is the distance to it.',
      'Then a model of straight lines, which is quick and can be read. Then a small network, which can bend. If it does not beat the lines, keep the lines.',
    ],
    beginTry: 'before you train: write down which of the three you expect to win, and by how much.',
    staleTitle: 'Why are they out of date?',
    stale: ['Every run remembers the very rows it learnt from. The version in hand has other rows, or deals them out differently, so these figures are true of data you have moved on from.', 'Nothing is lost: the old runs stay, and can be looked at. Train again on the version in hand, and compare only runs that were judged on the same rows.'],
    staleTry: 'undo the last change of the data (Ctrl Z): the runs are current again, without training.',
    learningTitle: 'Two lines, and where they part',
    learning: ['Each epoch is one pass over the training rows. The thin line is the loss on those rows, the thick one on validation rows, which it does not learn from.', 'As long as both fall, it learns something that holds for other rows, too. When only the thin one falls, it is learning by heart: the epoch where the thick line was lowest is the one that is kept.'],
    learningTry: 'stop a training early. What it had learnt so far is kept as a run of its own.',
    pairTitle: 'Is the better run really better?',
    pair: (one: string, other: string, metric: string, value: string, otherValue: string, half: string): string => `${one} reaches ${value} in ${metric}, against ${otherValue} of ${lower(other)}. Each figure alone is uncertain by about ${half}. So could it be luck?`,
    pairFigure: (metric: string, n: string): string => `Difference in ${metric} on the same rows, ${n}`,
    noDifference: 'upright mark: 0, no difference',
    pairLabel: 'Paired difference',
    pairReal: (difference: string, near: string, better: boolean): string => `Both answered the very same rows, so the luck they share cancels. The difference is ${difference}, and even the end of its interval that is nearest to zero, ${near}, is not zero. It is real${better ? '' : ', and it speaks for the other one'}.`,
    pairLuck: (difference: string): string => `Both answered the very same rows, so the luck they share cancels. Still, the interval of the difference, ${difference}, holds zero: with these rows nobody can say which is better. Take the simpler one, or get more rows.`,
    pairWaiting: 'The paired difference is being computed.',
    pairTry: 'train the better one again with another seed. If the figure moves more than the difference, the difference is not worth much.',
    oneTitle: 'What does being wrong cost?',
    one: (positive: string, threshold: string, recall: string, precision: string): readonly string[] => [
      `At the threshold of ${threshold}, this run finds ${recall} of the rows that are “${positive}”, and ${precision} of those it calls so are right.`,
      'There are two ways to be wrong: to miss one, and to raise a false alarm. They rarely cost the same. Moving the threshold trades one for the other; the ranking of rows does not change at all.',
    ],
    oneTry: 'say that a miss costs five times a false alarm. Where does the cheapest threshold go, and why?',
    errorTitle: 'How wrong is it, usually?',
    error: (target: string, rmse: string, mae: string, baseline: string | null): readonly string[] => [
      `The usual error is ${rmse} in units of ${target} when large errors weigh more, and ${mae} when all count alike. The further the two are apart, the more a few large errors matter.`,
      baseline === null ? 'Train the baseline too, to know what always saying the mean would cost.' : `Always saying the mean is off by ${baseline}. That is what this run has to beat.`,
    ],
    errorTry: 'look at the cloud of errors. Is it wider on one side? Then the model is less sure there than its average error says.',
    classesTitle: 'Which classes are taken for one another?',
    classes: (truth: string, predicted: string, rows: string, of: string): readonly string[] => [`The most frequent mistake: ${rows} of ${of} rows that are truly “${truth}” are called “${predicted}”.`, 'One number over all classes hides this. Press the cell to read those rows: often a column that would tell them apart is missing, or the answers themselves are doubtful.'],
    classesTry: 'read ten of the rows in the largest wrong cell. How many would you have got right?',
  },
};
