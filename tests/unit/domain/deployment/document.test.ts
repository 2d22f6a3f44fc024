import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedMarkdown, htmlOf, markdownOf, type Document } from '../../../../src/domain/deployment/document';

const hostile = '"><script>alert(1)</script>';
const document = (text: string): Document => ({
  language: 'en',
  title: text,
  subtitle: text,
  sections: [{ title: text, blocks: [{ kind: 'paragraph', text }, { kind: 'list', items: [text] }, { kind: 'table', head: [text, 'b'], rows: [[text, '1']] }] }],
});

describe('a document', () => {
  it('has no tag of its input’s making in HTML, whatever the input', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const html = htmlOf(document(text), 'hash');
        expect(html.match(/<(?!\/?(?:!doctype|html|head|meta|title|style|body|main|h1|h2|p|section|ul|li|div|table|thead|tbody|tr|th|td)\b)/gi)).toBeNull();
      }),
      { seed: 1 },
    );
    expect(htmlOf(document(hostile), 'hash')).not.toContain('<script');
  });

  it('carries a policy that lets nothing run and only its own style through', () => {
    expect(htmlOf(document('x'), 'abc=')).toContain(`default-src 'none'; style-src 'sha256-abc='`);
  });

  it('keeps names from beginning blocks or tables in Markdown', () => {
    expect(escapedMarkdown('# x | y\n- z')).toBe('\\# x \\| y \\- z');
    const text = markdownOf(document(hostile));
    expect(text).not.toContain('<script');
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  });
});
