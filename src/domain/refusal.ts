/**
 * @file What a pure function throws when the user's input cannot be worked with: a code and the facts, never a sentence.
 * The sentence is made from both by the catalogue of words, in the user's language.
 */

/** Facts that the sentence needs: names, counts, line numbers. */
export type Details = Readonly<Record<string, string | number>>;

/** Input that was refused. Everything else that is thrown is a bug. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    /** Key of a sentence in `words.problems`. */
    readonly code: string,
    readonly details: Details = {},
  ) {
    super(`${code} ${JSON.stringify(details)}`);
  }
}

/** The wire form of a refusal: comlink keeps only name, message and stack of an error, so refusals travel as values. */
export type RefusalValue = { readonly code: string; readonly details: Details };

export const asValue = (refusal: Refusal): RefusalValue => ({ code: refusal.code, details: refusal.details });
