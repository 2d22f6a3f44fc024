/** @file Values as CSV (RFC 4180), safe to open in a spreadsheet. */

/** What a spreadsheet would take for a formula or a command (OWASP ASVS 5, 1.2.10). */
const formula = /^[=+\-@\t\r\0]/;

/**
 * One cell. Text that a spreadsheet would run gets a leading apostrophe; numbers stay as they are. Missing is empty.
 * @param kind text is guarded, numbers are ours and need no guard
 */
export function csvCell(text: string | null, kind: 'text' | 'number'): string {
  if (text === null) return '';
  const safe = kind === 'text' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
