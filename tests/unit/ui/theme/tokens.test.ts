/** @file The dark theme stands once in tokens.css, for whatever is light there; text keeps its contrast. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolved } from '../../../../src/ui/theme/theme.svelte';

const css = readFileSync(new URL('../../../../src/ui/theme/tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const blockAfter = (selector: string): Map<string, string> => {
  const start = css.indexOf('{', css.indexOf(selector));
  const body = css.slice(start + 1, css.indexOf('}', start));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!.replace(/\s+/g, ' ')]));
};
const light = blockAfter(':root');
const dark = blockAfter(":root[data-theme='dark']");

const luminance = (hex: string): number => {
  const part = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (high + 0.05) / (low + 0.05);
};
const six = (hex: string): string => (hex.length === 4 ? `#${[...hex.slice(1)].map((c) => c + c).join('')}` : hex);

describe('tokens', () => {
  it('has one dark theme, written once, which changes only what is there in the light one', () => {
    expect(dark.size).toBeGreaterThan(40);
    expect(css.split(/--surface-0:/)).toHaveLength(3);
    expect(css).not.toContain('prefers-color-scheme');
    expect([...dark.keys()].filter((name) => !light.has(name))).toEqual([]);
  });
  it('has a dark colour for every colour of the light theme', () => {
    const colours = [...light].filter(([, value]) => /^#|^rgb/.test(value)).map(([name]) => name);
    expect(colours.filter((name) => !dark.has(name))).toEqual([]);
  });
  it('is in force as chosen, or as the system', () => {
    expect(resolved('system', true)).toBe('dark');
    expect(resolved('system', false)).toBe('light');
    expect(resolved('light', true)).toBe('light');
    expect(resolved('dark', false)).toBe('dark');
  });

  it('keeps text at 4.5 to 1 and marks at 3 to 1 in both themes (WCAG 2.2)', () => {
    const text = [
      ['--ink-1', '--surface-1'],
      ['--ink-2', '--surface-0'],
      ['--ink-3', '--surface-3'],
      ['--thread-ink', '--surface-1'],
      ['--on-accent', '--accent'],
      ['--failed-ink', '--failed-soft'],
      ['--evidence-ink', '--evidence-soft'],
      ['--stale-ink', '--stale-soft'],
      ['--progress-ink', '--progress-soft'],
      ['--none-ink', '--none-soft'],
      ['--on-seq-low', '--seq-4'],
      ['--on-seq-high', '--seq-5'],
    ] as const;
    const marks = [
      '--none',
      '--progress',
      '--evidence',
      '--stale',
      '--failed',
      '--thread',
      '--line-3',
      '--focus',
      ...Array.from({ length: 8 }, (_, index) => `--cat-${index + 1}`),
    ];
    for (const theme of [light, new Map([...light, ...dark])]) {
      const value = (name: string): string => six(theme.get(name)!);
      for (const [ink, ground] of text) expect(contrast(value(ink), value(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      for (const mark of marks) expect(contrast(value(mark), value('--surface-1')), mark).toBeGreaterThanOrEqual(3);
    }
  });
});
