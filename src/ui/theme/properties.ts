/**
 * @file Hands numbers to the style sheet: `{@attach properties({ '--p': 40 })}` sets custom properties through the DOM.
 * The content policy refuses style attributes, and the linter every style directive, so this is the one way to place things by number.
 */

import type { Attachment } from 'svelte/attachments';

/** Custom properties of one element; undefined takes one away. Follows what it reads. */
export const properties =
  (values: Readonly<Record<`--${string}`, string | number | null | undefined>>): Attachment<HTMLElement> =>
  (element) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === undefined) element.style.removeProperty(name);
      else element.style.setProperty(name, String(value));
    }
  };
