/** @file What an artifact is called, with a second line, and its hash cut short. */

import { words } from '../../words/words';
import type { LineageItem } from '../../state/lineageView';

const w = words.pipeline;

/** The first eight digits: enough to tell two apart by eye. */
export const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 8);

export function artifactTitle({ kind, role, tombstone }: LineageItem): string {
  if (role !== null) return w.role(role.key, role.facts);
  if (kind !== null) return w.kinds[kind] ?? kind;
  return tombstone === null ? w.missing : w.gone;
}

/** Rows, learner, bytes: whatever says most; empty where there is nothing to add. */
export function artifactLine({ role, source }: LineageItem): string {
  if (source !== null) return words.home.bytes(source.bytes);
  return role === null ? '' : w.roleLine(role.key, role.facts);
}
