/** @file The grammar of criteria: an exact round trip, and refusals that point to the place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/refusal';
import type { Condition, Criterion } from '../../../../src/domain/scoping/criterion';
import { parseCriterion, printCriterion } from '../../../../src/domain/scoping/criterionGrammar';
import { criterionMetrics } from '../../../../src/domain/scoping/criterionMetrics';

const metrics = [
  { name: 'roc_auc', range: [0, 1] },
  { name: 'rmse', range: [0, null] },
  { name: 'r2', range: [null, 1] },
] as const;
const refusal = (text: string): { code: string; details: Refusal['details'] } => {
  try {
    parseCriterion(text, metrics);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error(`${text} was accepted`);
};

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'[]&=<>≥≤"\\ a1.\n\t') }),
  fc.constantFrom('', ' ', '1', '-0', '1e5', ' 7 ', '.5', 'NaN', 'Infinity', '0x1', '__proto__', 'constructor', '"', '\\', '\\"', 'a b', '\u00a0', 'a≥1'),
);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ column: hostile, operator: fc.constant('=' as const), value: fc.oneof(hostile, finite) }),
  fc.record({ column: hostile, operator: fc.constantFrom('>=' as const, '<=' as const, '>' as const, '<' as const), value: finite }),
);
const criterion: fc.Arbitrary<Criterion> = fc.record({
  metric: hostile,
  slice: fc.array(condition, { maxLength: 4 }),
  direction: fc.constantFrom('>=' as const, '<=' as const),
  target: finite,
  why: fc.constant(''),
});

describe('a criterion in text', () => {
  it('is read back the same, whatever the names', () => {
    fc.assert(
      fc.property(criterion, (c) => {
        expect(parseCriterion(printCriterion(c))).toEqual(c);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not mind spaces, ≥ and ≤, or quotes', () => {
    const wanted: Criterion = {
      metric: 'roc_auc',
      slice: [
        { column: 'native country', operator: '=', value: 'El Salvador' },
        { column: 'age', operator: '>=', value: 65 },
      ],
      direction: '>=',
      target: 0.9,
      why: '',
    };
    for (const text of [
      'roc_auc[native country=El Salvador & age>=65]>=0.9',
      '  roc_auc [ native country = El Salvador&age ≥ 65 ] ≥ .9 ',
      '"roc_auc"["native country"="El Salvador"&"age">=65]>=9e-1',
    ])
      expect(parseCriterion(text, metrics)).toEqual(wanted);
    expect(parseCriterion('rmse[]<=2', metrics)).toEqual({ metric: 'rmse', slice: [], direction: '<=', target: 2, why: '' });
    expect(parseCriterion('r2[a<-1 & b>1e3 & c≤0]>=-4', metrics).slice.map((c) => [c.operator, c.value])).toEqual([
      ['<', -1],
      ['>', 1000],
      ['<=', 0],
    ]);
  });

  it('takes a bare number for a number and a quoted one for text', () => {
    expect(parseCriterion('roc_auc[a=1]>=0.5').slice[0]!.value).toBe(1);
    expect(parseCriterion('roc_auc[a="1"]>=0.5').slice[0]!.value).toBe('1');
  });

  it('prints without ornament', () =>
    expect(printCriterion(parseCriterion(' roc_auc [ "sex"="Female" & a b = "5" ] ≥ 0.80'))).toBe('roc_auc[sex=Female & a b="5"]>=0.8'));

  it('that is no criterion is refused at its place', () => {
    const places: [string, number, string][] = [
      ['', 0, 'metric'],
      ['>=1', 0, 'metric'],
      ['roc_auc', 7, '[ >= <='],
      ['roc_auc=0.9', 7, '>= <='],
      ['roc_auc>0.9', 7, '>= <='],
      ['roc_auc>=', 9, 'number'],
      ['roc_auc>=90%', 9, 'number'],
      ['roc_auc>=1e999', 9, 'number'],
      ['roc_auc>=0.9]', 12, 'end'],
      ['roc_auc[sex]>=0.9', 11, '= >= <= > <'],
      ['roc_auc[=1]>=0.9', 8, 'column'],
      ['roc_auc[a=]>=0.9', 10, 'value'],
      ['roc_auc[a>x]>=0.9', 10, 'number'],
      ['roc_auc[a>"1"]>=0.9', 10, 'number'],
      ['roc_auc[a=1 & ]>=0.9', 14, 'column'],
      ['roc_auc[a=1>=0.9', 11, '& ]'],
      ['roc_auc["a=1]>=0.9', 18, '"'],
      ['roc_auc["a\\n"=1]>=0.9', 11, '\\" or \\\\'],
    ];
    for (const [text, at, expected] of places) expect(refusal(text)).toEqual({ code: 'criterionSyntax', details: { text, at, expected } });
  });

  it('names the metrics there are, and the range a target must be in', () => {
    expect(refusal('auc>=0.9')).toEqual({ code: 'unknownMetric', details: { metric: 'auc', known: 'roc_auc, rmse, r2' } });
    expect(refusal('roc_auc>=90')).toEqual({ code: 'targetOutOfRange', details: { metric: 'roc_auc', target: 90, low: 0, high: 1 } });
    expect(refusal('rmse<=-1').details).toEqual({ metric: 'rmse', target: -1, low: 0, high: '∞' });
    expect(refusal('r2>=2').details).toMatchObject({ low: '-∞', high: 1 });
  });

  it('asks service of a device and not of some rows', () => {
    expect(parseCriterion('latency_p95<=50', criterionMetrics)).toEqual({ metric: 'latency_p95', slice: [], direction: '<=', target: 50, why: '' });
    expect(parseCriterion('throughput ≥ 1e4', criterionMetrics)).toMatchObject({ metric: 'throughput', direction: '>=', target: 10_000 });
    expect(() => parseCriterion('latency_p95[sex=Female]<=50', criterionMetrics)).toThrow(new Refusal('slicedService', { metric: 'latency_p95' }));
    expect(() => parseCriterion('latency_p99<=-1', criterionMetrics)).toThrow(/targetOutOfRange/);
  });
});
