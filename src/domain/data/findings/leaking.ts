/** @file Check: one column alone all but gives the target away. It is rarely known yet when the model must answer. */

import type { Association } from '../association/association';
import { features, type Check } from './check';

const fewestRows = 100;
/** Fewer rows a category than this, and η² and V are high by chance. */
const fewestPerCategory = 5;
const limits = { roc_auc: 0.99, cramers_v: 0.98, eta_squared: 0.98, spearman: 0.98 } as const;

/** The strength, the same whichever way the column points. */
const strengthOf = ({ name, value }: Association): number => (name === 'roc_auc' ? Math.max(value, 1 - value) : Math.abs(value));

export const leaking: Check = {
  name: 'leaking',
  findings: (examined) =>
    features(examined).flatMap(({ profile: { name, distinct, texts, association } }) => {
      if (association === null || association.n < fewestRows || (texts !== null && association.n < fewestPerCategory * distinct)) return [];
      const limit = limits[association.name];
      const strength = strengthOf(association);
      return strength < limit
        ? []
        : [
            {
              check: 'leaking',
              columns: [name],
              severity: 'high' as const,
              evidence: { [association.name]: association.value, limit, n: association.n },
              suggestion: 'leaveOutOfModel' as const,
            },
          ];
    }),
};
