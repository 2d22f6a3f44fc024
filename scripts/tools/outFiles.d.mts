/** @file Types of outFiles.mjs, for the tests. */
export function pathBelow(folder: string, relative: string): string;
export function writeBelow(folder: string, relative: string, base64: string, append: boolean): string;
