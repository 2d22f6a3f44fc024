/** @file Where the focus of a grid goes on a key. Row −1 is the head. */

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridMove {
  readonly key: string;
  readonly ctrl: boolean;
}

/** The next place, or undefined when the key does not move. Never leaves the grid. */
export function placeAfterKey(place: GridPlace, move: GridMove, rows: number, columns: number, page: number): GridPlace | undefined {
  const row = (to: number): number => Math.min(rows - 1, Math.max(-1, to));
  const column = (to: number): number => Math.min(columns - 1, Math.max(0, to));
  switch (move.key) {
    case 'ArrowUp':
      return { ...place, row: move.ctrl ? row(0) : row(place.row - 1) };
    case 'ArrowDown':
      return { ...place, row: move.ctrl ? row(rows - 1) : row(place.row + 1) };
    case 'ArrowLeft':
      return { ...place, column: move.ctrl ? 0 : column(place.column - 1) };
    case 'ArrowRight':
      return { ...place, column: move.ctrl ? column(columns - 1) : column(place.column + 1) };
    case 'PageUp':
      return { ...place, row: Math.max(Math.min(0, rows - 1), row(place.row - page)) };
    case 'PageDown':
      return { ...place, row: row(place.row + page) };
    case 'Home':
      return { row: move.ctrl ? row(0) : place.row, column: 0 };
    case 'End':
      return { row: move.ctrl ? row(rows - 1) : place.row, column: column(columns - 1) };
    default:
      return undefined;
  }
}
