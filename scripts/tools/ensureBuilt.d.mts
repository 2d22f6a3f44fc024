/** @file Types of ensureBuilt.mjs. */
export type Build = { readonly app: string; readonly version: string; readonly build: string };
export const dist: string;
export const buildEnvironment: Record<string, string>;
export function builtAs(folder?: string): Build | null;
export function ensureBuilt(): Promise<Build>;
