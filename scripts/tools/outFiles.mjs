/** @file Writes the files that the page hands over, below one folder and nowhere else. */
import { appendFileSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/**
 * The path of a file below a folder: plain names joined by `/`. Anything that could lead outside, or that some system treats specially, is refused.
 * @param {string} folder
 * @param {string} relative
 * @throws {Error}
 */
export function pathBelow(folder, relative) {
  const names = typeof relative === 'string' ? relative.split('/') : [];
  const plain = names.length > 0 && names.length <= 8 && names.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_.\- ]{0,120}$/u.test(name) && !/[. ]$/.test(name));
  if (!plain) throw new Error(`the page asked to write ${JSON.stringify(relative)}, which is not a plain path`);
  return join(folder, ...names);
}

/** Writes base64 bytes to a file below the folder, at its end when `append` is true. A link inside the folder that leads outside is refused. */
export function writeBelow(folder, relative, base64, append) {
  const path = pathBelow(folder, relative);
  mkdirSync(dirname(path), { recursive: true });
  const base = realpathSync(folder);
  const parent = realpathSync(dirname(path));
  if (parent !== base && !parent.startsWith(base + sep)) throw new Error(`${relative} leads outside the folder`);
  (append ? appendFileSync : writeFileSync)(path, Buffer.from(base64, 'base64'));
  return path;
}
