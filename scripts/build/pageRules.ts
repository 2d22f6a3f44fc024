/** @file What a build must hold to: the policy in index.html is the one that workers get, and the page itself carries no tensor library. */
import type { Plugin } from 'vite';
import { contentPolicy } from '../../workers/offline/contentPolicy';
import { packageFolder } from './licences';

const inWorkersOnly = /\/node_modules\/(@tensorflow\/|onnxruntime-)/;
const meta = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"\s*\/?>\s*/;

/** The policy that a page carries in its first meta tag, or null. */
export const policyOf = (html: string): string | null =>
  /<head>\s*$/.test(html.slice(0, meta.exec(html)?.index ?? 0)) ? (meta.exec(html)?.[1] ?? null) : null;

/** Fails the build that breaks a rule. The development server injects styles, which the policy forbids, so there the tag is taken out. */
export function pageRules(): Plugin {
  let serving = false;
  return {
    name: 'perennial:page-rules',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (serving) return html.replace(meta, '');
        if (policyOf(html) !== contentPolicy)
          throw new Error('index.html must begin its head with the policy of workers/offline/contentPolicy.ts, word for word');
        if (/<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/i.test(html))
          throw new Error('index.html has an inline script or style, which its policy refuses');
        return html;
      },
    },
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        const heavy = output.moduleIds.find((id) => inWorkersOnly.test(id.replaceAll('\\', '/')));
        if (heavy) throw new Error(`${packageFolder(heavy)} is imported by the page (${output.fileName}); tensor libraries belong into workers`);
      }
    },
  };
}
