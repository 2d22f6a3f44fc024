/** @file Types of serve.mjs. */
export type HeaderRule = { readonly pattern: string; readonly headers: readonly (readonly [string, string])[] };
export type Server = { readonly port: number; readonly origin: string; close(): Promise<void> };
export function mediaType(path: string): string;
export function headerRules(text: string): HeaderRule[];
export function headersFor(rules: readonly HeaderRule[], path: string): Map<string, string>;
export function fileFor(folder: string, url: string): { file: string; path: string; bytes: number; changed: number } | null;
export function serve(choice: { folder: string; port?: number; sendHeaders?: boolean }): Promise<Server>;
