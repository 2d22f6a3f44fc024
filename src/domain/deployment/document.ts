/** @file A plain document of headings, paragraphs and tables, and its two renderings. Everything in it is data: it is escaped for where it goes. */

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Document {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

/** For text between tags and in quoted attributes. */
export const escapedHtml = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

/** Text that Markdown takes as it is. Line ends become spaces, so that a name cannot begin a block. */
export const escapedMarkdown = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-!|~]/g, (found) => `\\${found}`)
    // Entities rather than backslashes, so that a renderer that knows no escapes still sees no tag.
    .replace(/[&<>]/g, (found) => (found === '&' ? '&amp;' : found === '<' ? '&lt;' : '&gt;'));

function markdownBlock(block: Block): string {
  if (block.kind === 'paragraph') return escapedMarkdown(block.text);
  if (block.kind === 'list') return block.items.map((item) => `- ${escapedMarkdown(item)}`).join('\n');
  const row = (cells: readonly string[]): string => `| ${cells.map(escapedMarkdown).join(' | ')} |`;
  return [row(block.head), `|${block.head.map(() => ' --- |').join('')}`, ...block.rows.map(row)].join('\n');
}

/** CommonMark with tables. */
export const markdownOf = (document: Document): string =>
  `${[
    `# ${escapedMarkdown(document.title)}`,
    escapedMarkdown(document.subtitle),
    ...document.sections.flatMap((section) => [`## ${escapedMarkdown(section.title)}`, ...section.blocks.map(markdownBlock)]),
  ].join('\n\n')}\n`;

function htmlBlock(block: Block): string {
  if (block.kind === 'paragraph') return `<p>${escapedHtml(block.text)}</p>`;
  if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${escapedHtml(item)}</li>`).join('')}</ul>`;
  const head = block.head.map((cell) => `<th scope="col">${escapedHtml(cell)}</th>`).join('');
  const rows = block.rows.map((cells) => `<tr>${cells.map((cell, i) => (i === 0 ? `<th scope="row">${escapedHtml(cell)}</th>` : `<td>${escapedHtml(cell)}</td>`)).join('')}</tr>`).join('\n');
  return `<div class="table"><table><thead><tr>${head}</tr></thead><tbody>\n${rows}\n</tbody></table></div>`;
}

/** The style of the page; its hash stands in the policy, so that nothing else can style or run. */
const style = `:root{color-scheme:light dark}body{margin:2rem auto;max-width:52rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}h1,h2{line-height:1.2;font-family:Charter,"Iowan Old Style",Georgia,serif}h2{border-top:2px solid;padding-top:.5rem;margin-top:2rem}.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8886;vertical-align:top}thead th{font-size:.85em}tbody th{font-weight:600}`;

/**
 * One self-contained page that loads and runs nothing.
 * @param styleHash base64 of the SHA-256 of `cardStyle`, for the policy
 */
export const htmlOf = (document: Document, styleHash: string): string =>
  `<!doctype html>
<html lang="${escapedHtml(document.language)}">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${escapedHtml(styleHash)}'; base-uri 'none'; form-action 'none'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedHtml(document.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapedHtml(document.title)}</h1>
<p>${escapedHtml(document.subtitle)}</p>
${document.sections.map((section) => `<section>\n<h2>${escapedHtml(section.title)}</h2>\n${section.blocks.map(htmlBlock).join('\n')}\n</section>`).join('\n')}
</main>
</body>
</html>
`;

export const cardStyle = style;
