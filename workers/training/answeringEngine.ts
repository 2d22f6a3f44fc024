/** @file Which of our own engines answers with a learnt model in this browser. */

import type { Engine } from '../../src/domain/modelling/learner';
import { kernelsRun } from '../../src/domain/modelling/kernelsRun';

/** The twins answer where no kernel runs: a model that was learnt elsewhere is of use here too, only slower. */
export const answeringEngine = (engine: Engine): 'native' | 'plain' => (engine === 'plain' || !kernelsRun() ? 'plain' : 'native');
