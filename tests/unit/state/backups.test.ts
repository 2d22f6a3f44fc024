import { expect, it } from 'vitest';
import { backupName } from '../../../src/state/backups';

const day = Date.UTC(2026, 5, 2, 12);

it.each([
  ['Census income', 'Census-income-2026-06-02.perennial.zip'],
  ['../../etc: a/b\\c?', 'etc-a-b-c-2026-06-02.perennial.zip'],
  ['Größe 東京', 'Größe-東京-2026-06-02.perennial.zip'],
  ['***', 'project-2026-06-02.perennial.zip'],
])('makes a file name of %s that every system takes', (name, file) => {
  expect(backupName(name, day)).toBe(file);
});
