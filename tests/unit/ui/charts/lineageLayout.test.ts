/** @file Lineage is laid out in ranks; names are data. */
import { describe, expect, it } from 'vitest';
import { lineageLayout } from '../../../../src/ui/charts/lineageLayout';

const size = { width: 160, height: 64 };

describe('lineageLayout', () => {
  it('puts what came later further right, or further down', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ];
    const wide = lineageLayout(['a', 'b', 'c'], edges, size, false);
    expect(wide.nodes.map((node) => node.x)).toEqual([...wide.nodes.map((node) => node.x)].sort((p, q) => p - q));
    const tall = lineageLayout(['a', 'b', 'c'], edges, size, true);
    expect(tall.nodes.map((node) => node.y)).toEqual([...tall.nodes.map((node) => node.y)].sort((p, q) => p - q));
    expect(tall.height).toBeGreaterThan(wide.height);
  });

  it('takes any name for an id, and keeps two edges between the same two', () => {
    const layout = lineageLayout(
      ['__proto__', 'constructor'],
      [
        { from: '__proto__', to: 'constructor', label: 'one' },
        { from: '__proto__', to: 'constructor', label: 'two' },
      ],
      size,
      false,
    );
    expect(layout.nodes.map((node) => node.id)).toEqual(['__proto__', 'constructor']);
    expect(layout.edges.map((edge) => edge.label)).toEqual(['one', 'two']);
    for (const edge of layout.edges) expect(edge.path).toMatch(/^M[\d.]+ [\d.]+/);
  });

  it('leaves out edges to nodes that are not there, and draws nothing of nothing', () => {
    expect(lineageLayout(['a'], [{ from: 'a', to: 'gone' }], size, false).edges).toEqual([]);
    expect(lineageLayout([], [], size, false).nodes).toEqual([]);
  });
});
