/** @file What is looked at within a view, as the query of its address. */

/** An address with what is looked at; empty values are left out. */
export function withQuery(address: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? address : `${address}?${text}`;
}

/** Whole numbers from a query such as `1,4,7`; anything else is passed over. */
export const numbersIn = (text: string | undefined): readonly number[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : NaN))
      .filter(Number.isFinite),
  ),
];

/** The cell of a confusion matrix that an address names; undefined when there is no such cell. */
export function cellIn(query: ReadonlyMap<string, string>, classes: number): { readonly truth: number; readonly predicted: number } | undefined {
  const place = (name: string): number => (/^\d{1,4}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : -1);
  const [truth, predicted] = [place('truth'), place('predicted')];
  return truth >= 0 && truth < classes && predicted >= 0 && predicted < classes ? { truth, predicted } : undefined;
}

/** The address's query without the cell. */
export const withoutCell = (query: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...query].filter(([name]) => name !== 'truth' && name !== 'predicted'));
