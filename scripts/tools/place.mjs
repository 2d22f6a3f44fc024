/** @file Where the project lies, and where the person who called stands. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The folder that relative paths of the command line start from. npm runs scripts in the package's folder and names the caller's in INIT_CWD;
 * a script started by hand, or by a test below npm, already stands where its caller does.
 * @param {{cwd: string, initCwd: string | undefined, packageRoot: string}} facts
 */
export function callersFolder(facts = { cwd: process.cwd(), initCwd: process.env.INIT_CWD, packageRoot: root }) {
  return facts.initCwd && facts.cwd === facts.packageRoot ? facts.initCwd : facts.cwd;
}
