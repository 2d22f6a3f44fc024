/** @file A feature of a linear model, its unit and its p in words. */

import type { WeightFeature, WeightUnit } from '../../state/modelWeights';
import { words } from '../../words/words';
import { figure } from '../controls/figure';

const w = words.modelling;

export const featureName = (feature: WeightFeature): string =>
  feature.kind === 'number' ? feature.name : feature.kind === 'missing' ? w.featureMissing(feature.name) : w.featureIs(feature.column, feature.category === '' ? words.charts.missing : feature.category);

export const unitText = (unit: WeightUnit): string => w.weightUnit(unit.kind, 'size' in unit ? figure(unit.size) : '');

/** Below .001 the figure itself says nothing more. */
export const pText = (p: number | undefined): string => (p === undefined ? '–' : p < 0.001 ? '< .001' : figure(p, { style: 'proportion' }));
