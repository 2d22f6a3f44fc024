/** @file The tokens as a canvas needs them, read anew whenever theme, density, contrast or motion change. */

import { createSubscriber } from 'svelte/reactivity';
import { categoryTokens } from './palette';

export interface ChartTheme {
  readonly categories: readonly string[];
  readonly ink1: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly surface: string;
  readonly pressed: string;
  readonly line: string;
  readonly grid: string;
  readonly thread: string;
  readonly threadInk: string;
  readonly inverse: string;
  readonly inkInverse: string;
  /** Opacity of an interval band. */
  readonly band: number;
  readonly font: string;
  /** px */
  readonly fontSize: number;
  readonly still: boolean;
}

const queries = ['(prefers-contrast: more)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)'];

const subscribe = createSubscriber((update) => {
  const watch = new MutationObserver(update);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-density', 'data-projector', 'style', 'class'] });
  const lists = queries.map((query) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', update);
  return () => {
    watch.disconnect();
    for (const list of lists) list.removeEventListener('change', update);
  };
});

/** The theme in force. Reading it in an effect or a derived value follows it. */
export function chartTheme(): ChartTheme {
  subscribe();
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    categories: categoryTokens.map(token),
    ink1: token('--ink-1'),
    ink2: token('--ink-2'),
    ink3: token('--ink-3'),
    surface: token('--surface-1'),
    pressed: token('--surface-3'),
    line: token('--line-2'),
    grid: token('--grid'),
    thread: token('--thread'),
    threadInk: token('--thread-ink'),
    inverse: token('--surface-inverse'),
    inkInverse: token('--ink-inverse'),
    band: (parseFloat(token('--band')) || 16) / 100,
    font: token('--font-ui') || 'sans-serif',
    fontSize: 12 * ((parseFloat(style.fontSize) || 16) / 16),
    still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}
