/** @file What this browser keeps for us outside the database: choices, guesses, offers. Losing it loses a convenience, never work, so that a browser that refuses is passed over. */

const prefix = 'perennial:';

/** The text that was kept under a name; null where there is none, or the browser keeps nothing. */
export function keptText(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** Keeps a text; null forgets what was kept. Says whether it could. */
export function keepText(name: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, text);
    return true;
  } catch {
    return false;
  }
}

/** What a kept text says as JSON; undefined where it says nothing, or something else lies in its place. */
export function saidBy(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** The word that was kept under a name, if it is one of the allowed ones. */
export function keptWord<Word extends string>(name: string, allowed: readonly Word[]): Word | undefined {
  const text = keptText(name);
  return allowed.find((word) => word === text);
}
