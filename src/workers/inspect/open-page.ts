import { PREVIEW } from './describe.ts';
import { type Embedded, InsideDocument, onePerLimit, within } from './embedded.ts';
import { Findings } from './findings.ts';
import { Links } from './links.ts';
import type { Opener, Opening } from './opener.ts';
import { bytesOf } from './page/addresses.ts';
import { type Blob, blobsIn, HEAD_SHOWN } from './page/blobs.ts';
import { judgeEntities } from './page/entities.ts';
import { readMarkup } from './page/markup.ts';
import { Page } from './page/page.ts';
import { readText, textFact } from './read-text.ts';
import { type Fact, type LimitHit, type Report, reportOf } from './report.ts';
import { safeLines, safeText } from './safe-text.ts';
import { maskSecrets } from './secrets.ts';

type Kind = 'html' | 'svg' | 'xml';
const MIME: Readonly<Record<Kind, string>> = { html: 'text/html', svg: 'image/svg+xml', xml: 'application/xml' };
/** Elsewhere in XML, something that is called a script is only called so. */
const RUNS_IN_XML = /\/1999\/xhtml|\/2000\/svg|microsoft-com:xslt|\/1999\/XSL\/Transform/;
const DEEPEST_FRAME = 3;
/** What browsers take data addresses of these kinds for, whatever they begin with. */
const NAMES: Readonly<Record<string, string>> = { 'text/html': 'data.html', 'image/svg+xml': 'data.svg' };

/** What a browser opens: what it runs, what it asks for, where it leads, what is hidden in it, what it shows. */
export const openPage =
  (kind: Kind): Opener =>
  async (opening) => {
    const read = await readText(opening);
    if (!read) return reportOf('unknown', 'application/octet-stream');
    const { budget } = opening;
    const { text } = read.decoded;
    const limits: LimitHit[] = [...read.limits];
    const [links, findings, inside] = [new Links(opening), new Findings(), new InsideDocument(opening)];
    const runs = kind !== 'xml' || RUNS_IN_XML.test(text);
    const page = new Page({ findings, links, runs, picture: kind === 'svg' });
    await within(limits, () => readFrames(text, kind, page, opening));
    await within(limits, () => page.end());
    judgeEntities(text, findings);
    const blobs: Blob[] = [];
    await within(limits, async () => void blobs.push(...(await blobsIn(text, budget))));
    for (const { type, mime } of blobs) findings.add('page-blob', type === 'gzip' ? 'careful' : 'dangerous', { mime });
    await within(limits, () => inside.look(hidden(page, blobs)));
    const kinds: Report['secrets'] = [];
    let masked = '';
    await within(limits, () => {
      const found = maskSecrets(text, () => budget.checkTime());
      masked = found.text;
      kinds.push(...found.kinds);
    });
    const judged = links.report();
    return reportOf(kind, MIME[kind], {
      facts: [textFact(read.decoded), ...titleOf(page)],
      findings: [...findings.list(), ...judged.findings, ...inside.findings()],
      previews: previewOf(kind, page, masked),
      limits: onePerLimit([...limits, ...inside.limits]),
      links: [...new Set([...judged.links, ...inside.links])].slice(0, 100),
      secrets: [...kinds, ...inside.secrets],
    });
  };

/** A page, and the pages that are written into its attributes. */
function readFrames(text: string, kind: Kind, page: Page, { budget }: Opening): void {
  const handlers = {
    open: page.open.bind(page),
    close: page.close.bind(page),
    text: page.hear.bind(page),
    instruction: page.instruction.bind(page),
  };
  readMarkup(text, kind === 'html' ? 'html' : 'xml', budget, handlers);
  for (let depth = 0; depth < DEEPEST_FRAME; depth++) {
    for (const frame of page.frames.splice(0)) readMarkup(frame, 'html', budget, handlers);
  }
}

/** Blobs are told by findings of their own: here only what is in them counts. */
function* hidden(page: Page, blobs: readonly Blob[]): Generator<Embedded, void, undefined> {
  for (const { mime, read } of blobs) yield { name: mime, usual: true, read };
  const told = new Set(blobs.map(({ head }) => head));
  for (const data of page.data) {
    if (told.has(data.data.slice(0, HEAD_SHOWN))) continue;
    yield { name: NAMES[data.mime] ?? data.mime, usual: true, read: () => bytesOf(data) };
  }
}

function titleOf({ title }: Page): Fact[] {
  const value = safeText(title.trim().replace(/\s{1,100}/g, ' '), 150);
  return value === '' ? [] : [{ label: 'title', code: 'plain', params: { value } }];
}

/** What people would see of it, else its source. */
function previewOf(kind: Kind, page: Page, masked: string): Report['previews'] {
  const seen = maskSecrets(page.text)
    .text.split('\n')
    .map((line) => line.trim().replace(/\s{1,100}/g, ' '))
    .filter((line) => line !== '');
  if (kind === 'html' && seen.length > 0)
    return [{ kind: 'text', language: '', text: safeLines(seen.join('\n'), PREVIEW) }];
  return [{ kind: 'text', language: kind === 'html' ? 'html' : 'xml', text: safeLines(masked, PREVIEW) }];
}
