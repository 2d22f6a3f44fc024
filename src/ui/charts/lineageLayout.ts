/** @file Places of a lineage graph: what came from what, in ranks, left to right or top to bottom. */

import { Graph, layout } from '@dagrejs/dagre';

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string | undefined;
}

export interface PlacedNode {
  readonly id: string;
  /** Left and top, px. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge extends LineageEdge {
  /** SVG path. */
  readonly path: string;
  /** Middle of the edge, px: where its label stands. */
  readonly x: number;
  readonly y: number;
}

export interface LineageLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const round = (x: number): number => Math.round(x * 10) / 10;

/** Straight in the middle of bends, so that a path never loops: midpoints joined by quadratic curves. */
export function smoothPath(points: readonly { readonly x: number; readonly y: number }[]): string {
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (let index = 1; index < points.length - 1; index++) {
    const here = points[index]!;
    const next = points[index + 1]!;
    const middle = index === points.length - 2 ? last : { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    path += `Q${round(here.x)} ${round(here.y)} ${round(middle.x)} ${round(middle.y)}`;
  }
  return points.length === 2 ? `${path}L${round(last.x)} ${round(last.y)}` : path;
}

/** Lays the graph out. Edges to unknown nodes and doubled nodes are left out. Ids are data: they are mapped to numbers first. */
export function lineageLayout(
  ids: readonly string[],
  edges: readonly LineageEdge[],
  size: { readonly width: number; readonly height: number },
  vertical: boolean,
): LineageLayout {
  const index = new Map<string, number>();
  for (const id of ids) if (!index.has(id)) index.set(id, index.size);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: vertical ? 'TB' : 'LR', nodesep: vertical ? 16 : 20, ranksep: vertical ? 44 : 64, marginx: 4, marginy: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const at of index.values()) graph.setNode(String(at), { width: size.width, height: size.height });
  const known = edges.filter((edge) => index.has(edge.from) && index.has(edge.to));
  known.forEach((edge, at) => graph.setEdge(String(index.get(edge.from)), String(index.get(edge.to)), {}, String(at)));
  layout(graph);
  const bounds = graph.graph() as { width?: number; height?: number };
  return {
    width: Number.isFinite(bounds.width) ? bounds.width! : 0,
    height: Number.isFinite(bounds.height) ? bounds.height! : 0,
    nodes: [...index].map(([id, at]) => {
      const node = graph.node(String(at)) as { x: number; y: number };
      return { id, x: round(node.x - size.width / 2), y: round(node.y - size.height / 2) };
    }),
    edges: known.map((edge, at) => {
      const { points } = graph.edge(String(index.get(edge.from)), String(index.get(edge.to)), String(at)) as { points: { x: number; y: number }[] };
      const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
      return { ...edge, path: smoothPath(points), x: round(middle.x), y: round(middle.y) };
    }),
  };
}
