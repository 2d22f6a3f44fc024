/** @file Standard scaling: (value − mean) / population standard deviation, like scikit-learn's StandardScaler. */

import { meanAndDeviation, presentValues } from './numberStatistics';
import { emittedScaling, fittedScaling, scaled, type Scaling } from './shiftAndScale';
import { ofKind, type Transformer } from './transformer';

/** A constant column keeps scale 1, so it becomes 0. Missing values stay missing. No settings. */
export const scaleStandard: Transformer<Scaling> = {
  name: 'scaleStandard',
  version: 1,
  accepts: ['numbers'],
  onnx: 'inside',
  fit: (values) =>
    fittedScaling(ofKind(values, 'numbers'), (part) => {
      const { mean, deviation } = meanAndDeviation(presentValues(part));
      return { centre: mean, scale: deviation };
    }),
  apply: scaled,
  emit: emittedScaling,
};
