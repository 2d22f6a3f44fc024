/** @file Small choices of the viewer kept in localStorage. Never throws: a browser that refuses storage only forgets. */

const prefix = 'perennial.';

/** What was kept under a name, if it is one of the allowed words. */
export function kept<Word extends string>(name: string, allowed: readonly Word[]): Word | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    return allowed.find((word) => word === text);
  } catch {
    return undefined;
  }
}

/** Keeps a word. Says whether it could. */
export function keep(name: string, word: string): boolean {
  try {
    localStorage.setItem(prefix + name, word);
    return true;
  } catch {
    return false;
  }
}
