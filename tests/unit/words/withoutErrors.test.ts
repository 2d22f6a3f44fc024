import { expect, it } from 'vitest';
import { reasonsWithoutErrors } from '../../../src/domain/modelling/coefficients';
import { words } from '../../../src/words/words';

it('has a sentence for every reason why there are no standard errors', () => {
  for (const reason of reasonsWithoutErrors) expect([reason, words.modelling.withoutErrors(reason)]).toEqual([reason, expect.stringMatching(/^No standard errors: .*\.$/)]);
});
