/** @file Laws of the grid's scrolling: every row can be reached, and a short move is the same distance everywhere. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  elementHeight,
  furthestTop,
  highestElement,
  rowsInView,
  scrollOfTop,
  scrollScale,
  topAfterScroll,
  topShowingRow,
} from '../../../../src/ui/controls/gridScroll';

const extents = fc.record({
  rows: fc.integer({ min: 0, max: 100_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  viewHeight: fc.integer({ min: 60, max: 2000 }),
});
const million = { rows: 1_000_000, rowHeight: 32, viewHeight: 400 };

describe('gridScroll', () => {
  it('scrolls px by px while the rows fit into one element', () => {
    const extent = { rows: 1000, rowHeight: 32, viewHeight: 400 };
    expect(elementHeight(extent)).toBe(32_000);
    expect(scrollScale(extent)).toBe(1);
    expect(topAfterScroll(extent, 0, 0, 77)).toBe(77);
  });

  it('never makes an element higher than browsers allow', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(elementHeight(extent)).toBeLessThanOrEqual(highestElement);
      }),
    );
  });

  it('reaches the first and the last row by the ends of the bar, however many rows there are', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        const barEnd = Math.max(0, elementHeight(extent) - extent.viewHeight);
        expect(topAfterScroll(extent, 0, 0, barEnd)).toBeCloseTo(furthestTop(extent), 3);
        expect(topAfterScroll(extent, furthestTop(extent), barEnd, 0)).toBeCloseTo(0, 3);
      }),
    );
  });

  it('moves a short way px by px in a table that is scaled', () => {
    expect(scrollScale(million)).toBeGreaterThan(2);
    expect(topAfterScroll(million, 5_000_000, 2_000_000, 2_000_120)).toBe(5_000_120);
  });

  it('moves a long way by scale', () => {
    const to = 7_000_000;
    expect(topAfterScroll(million, 0, 0, to)).toBeCloseTo(to * scrollScale(million), 6);
  });

  it('reaches the end when the bar runs out of room within a few views of it', () => {
    const barEnd = elementHeight(million) - million.viewHeight;
    expect(topAfterScroll(million, furthestTop(million) - 300, barEnd - 100, barEnd)).toBe(furthestTop(million));
    expect(topAfterScroll(million, 300, 100, 0)).toBe(0);
  });

  it('has bar and top as inverses', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const top = furthestTop(extent) * share;
        expect(scrollOfTop(extent, top) * scrollScale(extent)).toBeCloseTo(top, 2);
      }),
    );
  });

  it('shows a row wholly, and moves nothing when it is already in view', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (extent, at, share) => {
        fc.pre(extent.rows > 0 && extent.viewHeight >= extent.rowHeight);
        const row = Math.floor(at * (extent.rows - 1));
        const top = topShowingRow(extent, Math.floor(furthestTop(extent) * share), row);
        expect(row * extent.rowHeight).toBeGreaterThanOrEqual(top - 1e-6);
        expect((row + 1) * extent.rowHeight).toBeLessThanOrEqual(top + extent.viewHeight + 1e-6);
        expect(topShowingRow(extent, top, row)).toBe(top);
      }),
    );
  });

  it('covers the view with rows and never asks for rows that are not there', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const top = furthestTop(extent) * share;
        const { first, count } = rowsInView(extent, top);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first + count).toBeLessThanOrEqual(extent.rows);
        if (extent.rows > 0)
          expect((first + count) * extent.rowHeight).toBeGreaterThanOrEqual(Math.min(top + extent.viewHeight, extent.rows * extent.rowHeight) - 1e-6);
      }),
    );
  });
});
