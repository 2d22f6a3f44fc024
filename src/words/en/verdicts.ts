/** @file What a criterion comes to, in the same words wherever it is told: the interval holds, does not hold or is undecided; the gate passes or does not pass; the end it may ask for is the safe end. */

import { count, nearly, times } from './text';

/** What a criterion comes to, as its sentence is told. */
export interface Judgement {
  readonly verdict: 'holds' | 'fails' | 'undecided';
  readonly rule: 'value' | 'bound';
  readonly passed: boolean;
  /** Why the gate decided so, by the name that the code gives it. */
  readonly reason: string;
  /** Whether the value alone meets the target. */
  readonly meets: boolean;
  /** Whether there is an interval. */
  readonly interval: boolean;
  readonly n: number;
  /** Rows in all that would settle it; null where that cannot be worked out. */
  readonly settledBy: number | null;
  /** Whether it is about service, which is timed, and not about rows. */
  readonly service: boolean;
}

const intervalSays = { holds: 'holds', fails: 'does not hold', undecided: 'undecided' } as const;
const gateSays = (passed: boolean): string => (passed ? 'passes' : 'does not pass');
const asked = (rule: string): string => (rule === 'bound' ? 'the safe end' : 'the value');
/** What the gate makes of it. */
const gateLine = ({ rule, passed }: Judgement): string => `The gate asks ${asked(rule)}, so it ${gateSays(passed)}.`;

function undecided(judgement: Judgement): string {
  const { meets, interval, n, settledBy, service } = judgement;
  if (!interval) return `There is no interval here; the value alone ${meets ? 'meets' : 'does not meet'} the target. ${gateLine(judgement)}`;
  const where = meets ? 'The value meets the target, but its interval reaches past it.' : 'The value does not meet the target, but its interval reaches it.';
  const rows = settledBy !== null && settledBy > n ? `If the share stays as it is, about ${count(nearly(settledBy))} such rows in all would settle it.` : `More ${service ? 'timings' : 'rows'} narrow the interval, and that is what settles it.`;
  return `${where} ${rows} ${gateLine(judgement)}`;
}

export const verdicts = {
  /** The verdict of the interval, to stand by itself. */
  word: (verdict: 'holds' | 'fails' | 'undecided'): string => ({ holds: 'Holds', fails: 'Does not hold', undecided: 'Undecided' })[verdict],
  /** What the gate asks of a criterion. */
  asked,
  passes: gateSays,
  /** Both: what the gate decides, and what the interval says. */
  both: (verdict: 'holds' | 'fails' | 'undecided', passed: boolean): string => `${gateSays(passed)} (${intervalSays[verdict]})`,
  /** Why, where there is something to say: nothing where it holds. */
  why: (judgement: Judgement): string | undefined => {
    switch (judgement.reason) {
      case 'notMeasured':
        return 'It was not timed on this device yet. The gate does that before it decides.';
      case 'notComputed':
        return 'This metric was not computed here, so it does not pass.';
      case 'emptySlice':
        return 'No row belongs to this slice, so it does not pass. Check its values in scoping.';
      case 'undefinedValue':
        return 'The metric is undefined here: there is nothing to divide by. So it does not pass.';
      case 'noInterval':
        return 'There is no interval, and the gate asks the safe end. So it does not pass.';
      default:
        return judgement.verdict === 'undecided' ? undecided(judgement) : judgement.verdict === 'fails' ? `No part of the interval meets the target. ${gateLine(judgement)}` : undefined;
    }
  },
  /** All criteria together, at the gate. */
  gate: (failed: number, of: number): string =>
    of === 0
      ? 'There was nothing to pass.'
      : failed > 0
        ? `${count(failed)} of ${times(of, 'criterion', 'criteria')} ${failed === 1 ? 'does' : 'do'} not pass.`
        : of === 1
          ? 'The one criterion passes.'
          : `All ${count(of)} criteria pass.`,
};
