/** @file Robust scaling: (value − median) / interquartile range, like scikit-learn's RobustScaler. */

import { sortedValues } from './numberStatistics';
import { emittedScaling, fittedScaling, scaled, type Scaling } from './shiftAndScale';
import { ofKind, type Transformer } from './transformer';
import { quantile } from '../../quantile';

/** An interquartile range of 0 becomes 1. Missing values stay missing. No settings. */
export const scaleRobust: Transformer<Scaling> = {
  name: 'scaleRobust',
  version: 1,
  accepts: ['numbers'],
  onnx: 'inside',
  fit: (values) =>
    fittedScaling(ofKind(values, 'numbers'), (part) => {
      const sorted = sortedValues(part);
      if (sorted.length === 0) return { centre: 0, scale: 1 };
      return { centre: quantile(sorted, 0.5), scale: quantile(sorted, 0.75) - quantile(sorted, 0.25) };
    }),
  apply: scaled,
  emit: emittedScaling,
};
