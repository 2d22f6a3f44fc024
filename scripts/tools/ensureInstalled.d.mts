/** @file Types of ensureInstalled.mjs, for the tests. */
type Packages = { readonly packages: Record<string, { version?: string; integrity?: string; optional?: boolean; devOptional?: boolean }> };
export function isInstalled(lock: Packages, installed: Packages | null): boolean;
export function ensureInstalled(): void;
/** Whether the tools of the build run under this Node, such as `22.13.0`. */
export function isFitNode(version: string): boolean;
