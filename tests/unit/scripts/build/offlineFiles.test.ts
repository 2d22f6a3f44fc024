/** @file What the build writes for hosts and for the service worker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../../scripts/build/licences';
import { hostHeaders, partOf } from '../../../../scripts/build/offlineFiles';
import { policyOf } from '../../../../scripts/build/pageRules';
import { root } from '../../../../scripts/tools/place.mjs';
import { headerRules, headersFor } from '../../../../scripts/tools/serve.mjs';
import { contentPolicy } from '../../../../workers/offline/contentPolicy';

describe('the build', () => {
  it('takes pages, scripts and styles for core, and everything large for later', () => {
    expect(['index.html', 'assets/a.js', 'assets/a.css', 'icon.svg', 'manifest.webmanifest', 'assets/kernel-dense-5e4db654f25a-DvZO2YHk.wasm'].map(partOf)).toEqual(Array(6).fill('core'));
    expect(['assets/ort.wasm', 'samples/census/census.csv', 'samples/census/page.html', 'icon-512.png', 'licences.txt'].map(partOf)).toEqual(
      Array(5).fill('later'),
    );
  });

  it('gives hosts a policy for every path, and lets only hashed files be kept for ever', () => {
    const rules = headerRules(hostHeaders());
    for (const path of ['/index.html', '/sw.js', '/assets/a.js', '/samples/x.csv'])
      expect(headersFor(rules, path).get('Content-Security-Policy')).toBe(`${contentPolicy}; frame-ancestors 'none'`);
    expect(headersFor(rules, '/sw.js').get('Cache-Control')).toBe('no-cache');
    expect(headersFor(rules, '/assets/a.js').get('Cache-Control')).toContain('immutable');
  });

  it('finds the same policy first in the head of index.html', () => {
    expect(policyOf(readFileSync(join(root, 'index.html'), 'utf8'))).toBe(contentPolicy);
    expect(policyOf(`<head><script></script><meta http-equiv="Content-Security-Policy" content="x" /></head>`)).toBeNull();
    expect(policyOf('<head></head>')).toBeNull();
  });

  it('names the package of a module', () => {
    expect(packageFolder('/p/node_modules/@tensorflow/tfjs-core/dist/a.js?x')).toBe('/p/node_modules/@tensorflow/tfjs-core');
    expect(packageFolder('/p/node_modules/a/node_modules/b/c.js')).toBe('/p/node_modules/a/node_modules/b');
    expect(packageFolder('\0/p/node_modules/a/b.js')).toBe('/p/node_modules/a');
    expect(packageFolder('/p/src/main.ts')).toBeNull();
    expect(packageFolder('/p/node_modules/.perennial/kernels/a.wasm')).toBeNull();
  });
});

describe('the policy', () => {
  it('lets the page reach its own host only, and runs no text as code', () => {
    expect(contentPolicy).toContain("default-src 'none'");
    expect(contentPolicy).toContain("connect-src 'self';");
    expect(contentPolicy).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')|unsafe-inline|https?:|\*/);
  });
});
