/** @file Rows fetched in blocks for a grid: few requests at once, the newest wish first, old blocks forgotten. */

/** What stands for a missing cell among the texts that `rowsAt` returns. No table holds it: text with U+0000 is refused on import. */
export const missingCell = '\u0000';

export type RowsAt = (start: number, count: number) => Promise<readonly (readonly string[])[]>;

type Block = { readonly state: 'loading' } | { readonly state: 'failed' } | { readonly state: 'ready'; readonly rows: readonly (readonly string[])[] };

const rowsPerBlock = 128;
const mostBlocks = 64;
const mostAtOnce = 2;

export class RowCache {
  private readonly blocks = new Map<number, Block>();
  private running = 0;
  private wish: { readonly from: number; readonly to: number } | undefined;

  constructor(
    private readonly rowsAt: RowsAt,
    private readonly rows: number,
    /** Called after every arrival or failure. */
    private readonly changed: () => void,
  ) {}

  /** The cells of a row, or why they are not there. */
  at(row: number): readonly string[] | 'loading' | 'failed' {
    const block = this.blocks.get(Math.floor(row / rowsPerBlock));
    if (block === undefined || block.state === 'loading') return 'loading';
    if (block.state !== 'ready') return 'failed';
    return block.rows[row % rowsPerBlock] ?? 'failed';
  }

  /** Asks for the rows in view. Wishes that have not begun are replaced, so that a dragged bar loads where it stops. */
  want(first: number, count: number): void {
    if (count <= 0) return;
    this.wish = { from: Math.floor(first / rowsPerBlock), to: Math.floor((first + count - 1) / rowsPerBlock) };
    this.begin();
  }

  /** Shows an edited cell before the table is written anew. */
  put(row: number, column: number, text: string): void {
    const key = Math.floor(row / rowsPerBlock);
    const block = this.blocks.get(key);
    if (block?.state !== 'ready') return;
    const rows = block.rows.map((cells, index) => (index === row % rowsPerBlock ? cells.map((cell, at) => (at === column ? text : cell)) : cells));
    this.blocks.set(key, { state: 'ready', rows });
  }

  private begin(): void {
    if (this.wish === undefined) return;
    for (let key = this.wish.from; key <= this.wish.to; key++) {
      if (this.running >= mostAtOnce) return;
      const block = this.blocks.get(key);
      if (block !== undefined && block.state !== 'failed') continue;
      this.load(key);
    }
  }

  private load(key: number): void {
    const start = key * rowsPerBlock;
    this.blocks.delete(key);
    this.blocks.set(key, { state: 'loading' });
    this.running++;
    void this.rowsAt(start, Math.min(rowsPerBlock, this.rows - start)).then(
      (rows) => this.arrived(key, { state: 'ready', rows }),
      () => this.arrived(key, { state: 'failed' }),
    );
  }

  private arrived(key: number, block: Block): void {
    this.running--;
    this.blocks.set(key, block);
    for (const old of this.blocks.keys()) {
      if (this.blocks.size <= mostBlocks) break;
      if (this.wish !== undefined && old >= this.wish.from && old <= this.wish.to) continue;
      if (this.blocks.get(old)?.state !== 'loading') this.blocks.delete(old);
    }
    this.changed();
    if (block.state === 'ready') this.begin();
  }
}
