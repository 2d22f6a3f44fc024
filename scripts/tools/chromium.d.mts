/** @file Types of chromium.mjs. */
export const headlessOrigin: string;
export function chromiumArgs(choice?: { port?: number; webgpu?: boolean; isRoot?: boolean }): string[];
