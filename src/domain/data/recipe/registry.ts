/** @file The transformers there are. A new one is one file and one line here. */

import { codes } from './codes';
import { dateParts } from './dateParts';
import { groupRare } from './groupRare';
import { impute } from './impute';
import { keepMissing } from './keepMissing';
import { oneHot } from './oneHot';
import { ordinal } from './ordinal';
import { scaleQuantile } from './scaleQuantile';
import { scaleRobust } from './scaleRobust';
import { scaleStandard } from './scaleStandard';
import type { Transformer } from './transformer';

export const transformers: readonly Transformer[] = [impute, scaleStandard, scaleRobust, scaleQuantile, oneHot, ordinal, groupRare, dateParts, codes, keepMissing];
