/**
 * @file Parts of an instant in UTC as features. Whole-number arithmetic on seconds since 1970 throughout, in the graph int64,
 * so no instant is ever rounded. Days become dates by Howard Hinnant's civil-from-days algorithm (March-based years of 400-year eras).
 */

import type { GraphBuilder } from '../../deployment/onnx/graph';
import type { NumberPart, StepValues } from './stepValues';
import { badSetting, graphOfKind, ofKind, type StepParams, type Transformer } from './transformer';

/** Weekday: Monday is 0. Day of year gives two features, sine and cosine, so that 31 December is next to 1 January. */
export const datePartNames = ['year', 'month', 'day', 'weekday', 'hour', 'dayOfYear'] as const;
export type DatePartName = (typeof datePartNames)[number];

export type DatePartsState = { readonly parts: readonly DatePartName[] };

/** Sine and cosine of the angle of each day of the year, 1 January first; tables, so that both sides agree to the bit. */
const angleOf = (day: number): number => (2 * Math.PI * day) / 366;
const sines = Float32Array.from({ length: 366 }, (_, day) => Math.sin(angleOf(day)));
const cosines = Float32Array.from({ length: 366 }, (_, day) => Math.cos(angleOf(day)));

/** Settings: `parts`, a list of part names; all by default. A missing instant gives missing parts: impute after this step. */
export const dateParts: Transformer<DatePartsState> = {
  name: 'dateParts',
  version: 1,
  accepts: ['instants'],
  onnx: 'inside',
  fit: (_values, params) => ({ parts: chosenParts(params) }),
  apply(state, values): StepValues {
    const instants = ofKind(values, 'instants').values;
    const columns = new Map(featureNames.map((name) => [name, new Float32Array(state.parts.includes(partOf(name)) ? instants.length : 0)]));
    const [year, month, day, weekday, hour, sine, cosine] = featureNames.map((name) => columns.get(name)!) as Columns;
    for (let row = 0; row < instants.length; row++) {
      const instant = instants[row]!;
      const isKnown = instant === instant;
      const seconds = isKnown ? Math.floor(instant / 1000) : 0;
      const days = Math.floor(seconds / 86_400);
      const shifted = days + 719_468;
      const era = Math.floor(shifted / 146_097);
      const dayOfEra = shifted - era * 146_097;
      const yearOfEra = ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
      const marchDay = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
      const marchMonth = ((5 * marchDay + 2) / 153) | 0;
      const isNextYear = marchMonth >= 10;
      const dayOfYear = isNextYear ? marchDay - 306 : marchDay + 59 + (isLeap(yearOfEra) ? 1 : 0);
      // Writing past the end of a typed array does nothing: parts that were not asked for have no length.
      year[row] = isKnown ? yearOfEra + era * 400 + (isNextYear ? 1 : 0) : NaN;
      month[row] = isKnown ? (isNextYear ? marchMonth - 9 : marchMonth + 3) : NaN;
      day[row] = isKnown ? marchDay - (((153 * marchMonth + 2) / 5) | 0) + 1 : NaN;
      weekday[row] = isKnown ? (((days + 3) % 7) + 7) % 7 : NaN;
      hour[row] = isKnown ? Math.floor((seconds - days * 86_400) / 3600) : NaN;
      sine[row] = isKnown ? sines[dayOfYear]! : NaN;
      cosine[row] = isKnown ? cosines[dayOfYear]! : NaN;
    }
    return { kind: 'numbers', parts: wantedFeatures(state).map((name): NumberPart => ({ suffix: `.${name}`, flag: false, values: columns.get(name)! })) };
  },
  emit(graph, state, input) {
    const { name } = graphOfKind(input, 'instants');
    const made = emittedParts(graph, name);
    const wanted = wantedFeatures(state).map((feature) => made.parts[featureNames.indexOf(feature)]!());
    const joined = wanted.length === 1 ? wanted[0]! : graph.node('Concat', wanted, { axis: 1 });
    return { kind: 'numbers', width: wanted.length, name: graph.node('Where', [made.isMissing, graph.floats([NaN], [1, 1]), joined]) };
  },
};

const featureNames = ['year', 'month', 'day', 'weekday', 'hour', 'dayOfYearSin', 'dayOfYearCos'] as const;
type FeatureName = (typeof featureNames)[number];
type Columns = [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

const partOf = (name: FeatureName): DatePartName => (name === 'dayOfYearSin' || name === 'dayOfYearCos' ? 'dayOfYear' : name);
const wantedFeatures = (state: DatePartsState): FeatureName[] => featureNames.filter((name) => state.parts.includes(partOf(name)));

/** Within an era the rule of 4, 100 and 400 holds for the year of the era, which starts in March; year 0 is a leap year. */
const isLeap = (yearOfEra: number): boolean => yearOfEra % 4 === 0 && (yearOfEra % 100 !== 0 || yearOfEra === 0);

function chosenParts(params: StepParams): DatePartName[] {
  const wanted = params.parts ?? [...datePartNames];
  if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every((part) => (datePartNames as readonly unknown[]).includes(part)))
    throw badSetting('parts', wanted);
  return datePartNames.filter((part) => wanted.includes(part));
}

/** The arithmetic of `apply` as int64 nodes. The parts are made when called for, in the order of `featureNames`. */
function emittedParts(graph: GraphBuilder, input: string): { readonly isMissing: string; readonly parts: readonly (() => string)[] } {
  const whole = (value: number): string => graph.integers([value], [1, 1]);
  const add = (a: string, b: string): string => graph.node('Add', [a, b]);
  const subtract = (a: string, b: string): string => graph.node('Sub', [a, b]);
  const times = (a: string, factor: number): string => graph.node('Mul', [a, whole(factor)]);
  /** Of numbers that are not negative; ONNX leaves the rounding of negative ones open. */
  const divided = (a: string, by: number): string => graph.node('Div', [a, whole(by)]);
  /** `Mod` without `fmod` has the sign of the divisor, so this rounds down for negative numbers too. */
  const flooredBy = (a: string, by: number): string => graph.node('Div', [subtract(a, graph.node('Mod', [a, whole(by)])), whole(by)]);
  const float = (a: string): string => graph.node('Cast', [a], { to: graph.type.float });

  const isMissing = graph.node('Equal', [input, graph.missingInstant([1, 1])]);
  const seconds = graph.node('Where', [isMissing, whole(0), input]);
  const days = flooredBy(seconds, 86_400);
  const shifted = add(days, whole(719_468));
  const era = flooredBy(shifted, 146_097);
  const dayOfEra = subtract(shifted, times(era, 146_097));
  const leapFree = subtract(add(subtract(dayOfEra, divided(dayOfEra, 1460)), divided(dayOfEra, 36_524)), divided(dayOfEra, 146_096));
  const yearOfEra = divided(leapFree, 365);
  const marchDay = subtract(dayOfEra, subtract(add(times(yearOfEra, 365), divided(yearOfEra, 4)), divided(yearOfEra, 100)));
  const marchMonth = divided(add(times(marchDay, 5), whole(2)), 153);
  const isNextYear = graph.node('GreaterOrEqual', [marchMonth, whole(10)]);
  const choose = (condition: string, yes: string, no: string): string => graph.node('Where', [condition, yes, no]);
  const isMultiple = (by: number): string => graph.node('Equal', [graph.node('Mod', [yearOfEra, whole(by)]), whole(0)]);

  const dayOfYear = (): string => {
    const isOrdinaryCentury = graph.node('And', [isMultiple(100), graph.node('Greater', [yearOfEra, whole(0)])]);
    const isLeapYear = graph.node('And', [isMultiple(4), graph.node('Not', [isOrdinaryCentury])]);
    return choose(isNextYear, subtract(marchDay, whole(306)), add(marchDay, choose(isLeapYear, whole(60), whole(59))));
  };
  const looked = (table: Float32Array): string => graph.node('Gather', [graph.floats(table, [366]), dayOfYear()], { axis: 0 });
  return {
    isMissing,
    parts: [
      () => float(add(add(yearOfEra, times(era, 400)), choose(isNextYear, whole(1), whole(0)))),
      () => float(choose(isNextYear, subtract(marchMonth, whole(9)), add(marchMonth, whole(3)))),
      () => float(add(subtract(marchDay, divided(add(times(marchMonth, 153), whole(2)), 5)), whole(1))),
      () => float(graph.node('Mod', [add(days, whole(3)), whole(7)])),
      () => float(flooredBy(subtract(seconds, times(days, 86_400)), 3600)),
      () => looked(sines),
      () => looked(cosines),
    ],
  };
}
