/** @file Types of options.mjs, for the tests. */
export class UsageError extends Error {}
export type Option = {
  readonly kind: 'flag' | 'value' | 'list';
  readonly oneOf?: readonly string[];
  readonly required?: boolean;
  readonly fallback?: string;
  readonly accepts?: (text: string) => boolean;
  readonly says?: string;
};
export function readOptions(argv: readonly string[], table: Readonly<Record<string, Option>>): Record<string, string | boolean | string[] | null>;
export function wholeNumber(low: number, high: number): (text: string) => boolean;
