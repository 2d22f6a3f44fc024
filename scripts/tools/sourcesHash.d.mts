/** @file Types of sourcesHash.mjs. */
export function filesBelow(folder: string, prefix?: string): string[];
export function sha256Of(bytes: Uint8Array | string): string;
export function sourcesHash(root: string): string;
