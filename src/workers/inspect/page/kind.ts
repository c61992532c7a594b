import type { TrueType } from '../true-type.ts';

const HTML: TrueType = { type: 'html', mime: 'text/html' };
const SVG: TrueType = { type: 'svg', mime: 'image/svg+xml' };
const XML: TrueType = { type: 'xml', mime: 'application/xml' };
const MAIL: TrueType = { type: 'mail', mime: 'message/rfc822' };

/** Browsers open these as pages, whatever they begin with. */
const PAGES = 'html htm xhtml xht shtml'.split(' ');
/** Texts that often begin with a tag, and are shown as they are. */
const SHOWN = 'md markdown txt log csv tsv json yaml yml'.split(' ');
const FIRST_IN_PAGES = new Set(
  'html head body title meta base link script style iframe frameset form object embed'.split(' '),
);
const MOST_HEAD = 4_000;
const MOST_ASIDES = 20;

/** Texts that browsers make something of: pages, SVG, other XML, and pages that are saved as mail. */
export function markupOf(text: string, name: string): TrueType | undefined {
  if (isMail(text)) return MAIL;
  const extension = /\.([a-z]{2,8})[. ]{0,8}$/i.exec(name.slice(-24))?.[1]?.toLowerCase() ?? '';
  const { root, declared, page } = beginningOf(text);
  if (root === 'svg') return SVG;
  if (page || root === 'html' || PAGES.includes(extension)) return HTML;
  if (extension === 'svg' && /<svg[\s>]/i.test(text)) return SVG;
  if (root !== '' && (declared || /^(?:xml|xslt?|rss|atom)$/.test(extension))) return XML;
  return FIRST_IN_PAGES.has(root) && !SHOWN.includes(extension) ? HTML : undefined;
}

/** The first tag, behind comments, instructions and a document type. */
function beginningOf(text: string): { readonly root: string; readonly declared: boolean; readonly page: boolean } {
  let [at, declared, page] = [0, false, false];
  for (let count = 0; count < MOST_ASIDES; count++) {
    while (at < MOST_HEAD && /\s/.test(text[at] ?? '')) at++;
    const aside = text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at) || text.startsWith('<!', at)
        ? '>'
        : '';
    if (aside === '') break;
    if (/^<\?xml\s/i.test(text.slice(at, at + 6))) declared = true;
    if (/^<!doctype\s{1,20}html\b/i.test(text.slice(at, at + 40))) page = true;
    at = endOf(text, at, aside);
  }
  const root = /^<(?:[a-z][\w.-]{0,40}:)?([a-z][\w.-]{0,40})/i.exec(text.slice(at, at + 100))?.[1]?.toLowerCase() ?? '';
  return { root, declared, page };
}

/** Behind an aside; a document type may have declarations in it. */
function endOf(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from);
  const bracket = text.startsWith('<!', from) && mark === '>' ? text.slice(from, end).indexOf('[') : -1;
  const inner = bracket === -1 ? end : text.indexOf(']', from + bracket);
  const stop = bracket === -1 || inner === -1 ? end : text.indexOf('>', inner);
  return stop === -1 ? text.length : stop + mark.length;
}

function isMail(text: string): boolean {
  const head = text.slice(0, MOST_HEAD);
  return (
    /^[A-Za-z-]{2,40}:[ \t]/.test(head) &&
    /^MIME-Version:[ \t]{0,9}1/im.test(head) &&
    /^Content-Type:[ \t]{0,9}(?:multipart|text\/html)/im.test(head)
  );
}
