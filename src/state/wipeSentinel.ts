/** @file Remembers outside the database that there were projects, so that a store that the browser emptied is told from a new one. */

const name = 'perennial:hadProjects';

/** Without it a wiped store looks like a new one; nothing else depends on it, so that a refusal is passed over. */
function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

export const hadProjects = (): boolean => quietly(() => localStorage.getItem(name) === 'yes', false);
export const noteProjects = (): void => quietly(() => localStorage.setItem(name, 'yes'), undefined);
/** The user has read that they are gone. */
export const forgetProjects = (): void => quietly(() => localStorage.removeItem(name), undefined);
