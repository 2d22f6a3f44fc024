/** @file The focus of a grid goes where the keys say and never leaves it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAfterKey } from '../../../../src/ui/controls/gridMove';

const from = { row: 5, column: 2 };

describe('placeAfterKey', () => {
  it('moves one cell by an arrow', () => {
    expect(placeAfterKey(from, { key: 'ArrowDown', ctrl: false }, 100, 8, 10)).toEqual({ row: 6, column: 2 });
    expect(placeAfterKey(from, { key: 'ArrowLeft', ctrl: false }, 100, 8, 10)).toEqual({ row: 5, column: 1 });
  });

  it('goes to the ends of the row by Home and End, of the table with Ctrl', () => {
    expect(placeAfterKey(from, { key: 'End', ctrl: false }, 100, 8, 10)).toEqual({ row: 5, column: 7 });
    expect(placeAfterKey(from, { key: 'Home', ctrl: true }, 100, 8, 10)).toEqual({ row: 0, column: 0 });
    expect(placeAfterKey(from, { key: 'End', ctrl: true }, 100, 8, 10)).toEqual({ row: 99, column: 7 });
  });

  it('reaches the head by the arrow up, and not by Page Up', () => {
    expect(placeAfterKey({ row: 0, column: 3 }, { key: 'ArrowUp', ctrl: false }, 100, 8, 10)).toEqual({ row: -1, column: 3 });
    expect(placeAfterKey({ row: 3, column: 3 }, { key: 'PageUp', ctrl: false }, 100, 8, 10)).toEqual({ row: 0, column: 3 });
  });

  it('leaves other keys alone', () => {
    expect(placeAfterKey(from, { key: 'q', ctrl: false }, 100, 8, 10)).toBeUndefined();
  });

  it('never leaves the grid', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 40 }),
        (rows, columns, presses) => {
          let place = { row: Math.min(0, rows - 1), column: 0 };
          for (const [key, ctrl] of presses) {
            place = placeAfterKey(place, { key, ctrl }, rows, columns, 7)!;
            expect(place.row).toBeGreaterThanOrEqual(-1);
            expect(place.row).toBeLessThan(Math.max(rows, 0) || 0.5);
            expect(place.column).toBeGreaterThanOrEqual(0);
            expect(place.column).toBeLessThan(columns);
          }
        },
      ),
    );
  });
});
