import type { Budget } from './budget.ts';
import { type Embedded, InsideDocument, onePerLimit, within } from './embedded.ts';
import { Links } from './links.ts';
import type { Opener } from './opener.ts';
import { Actions } from './pdf/actions.ts';
import { PdfDocument } from './pdf/document.ts';
import { linksOn, shownAt } from './pdf/page-links.ts';
import { Pages } from './pdf/pages.ts';
import { PageText } from './pdf/text.ts';
import { textOf } from './pdf/values.ts';
import { type Fact, type Finding, type LimitHit, reportOf } from './report.ts';
import { safeLines, safeText } from './safe-text.ts';
import { maskSecrets } from './secrets.ts';

const PREVIEW = { lines: 14, width: 100 };
const PREVIEW_TEXT = 2_000;
/** What is not shown is searched for secrets, with a part of what a file may cost: that there is more is no limit reached. */
const MOST_TEXT = 200_000;
const SEARCH_SHARE = 0.4;
const MOST_WITHOUT_TEXT = 20;
const MOST_EMBEDDED_BYTES = 16_000_000;

/** A PDF: what it could do, where it leads, what it says. Read by what its bytes hold, not by its own table of contents. */
export const openPdf: Opener = async (opening) => {
  const { bytes, budget } = opening;
  const doc = new PdfDocument(bytes, budget);
  const links = new Links(opening);
  const actions = new Actions(doc, { link: (target) => links.add(target), script: (text) => links.addAllOf(text) });
  const found: Found = { limits: [], findings: [], facts: [], text: '', pages: 0 };
  const { limits, findings, facts } = found;
  await within(limits, () => scan(doc, actions));
  await within(limits, () => actions.settle());
  await within(limits, () => describe(doc, facts));
  await within(limits, () => readPages({ doc, actions, budget, links }, found));
  const inside = new InsideDocument(opening);
  await within(limits, () => inside.look(embedded(doc, actions)));
  findings.push(...actions.findings(), ...flawsOf(doc, found.pages), ...inside.findings());
  await within(limits, () => links.addAllOf(found.text));
  const { text, kinds } = maskSecrets(found.text);
  const judged = doc.trailer.has('Encrypt') ? { links: [], findings: [] } : links.report();
  return reportOf('pdf', 'application/pdf', {
    findings: [...findings, ...judged.findings],
    facts,
    limits: onePerLimit([...limits, ...inside.limits]),
    links: [...new Set([...judged.links, ...inside.links])].slice(0, 100),
    secrets: [...kinds, ...inside.secrets],
    previews: text.trim() === '' ? [] : [{ kind: 'text', language: '', text: safeLines(text, PREVIEW) }],
  });
};

interface Found {
  readonly limits: LimitHit[];
  readonly findings: Finding[];
  readonly facts: Fact[];
  text: string;
  pages: number;
}

function scan(doc: PdfDocument, actions: Actions): void {
  for (const { value } of doc.objects()) actions.look(value);
}

function describe(doc: PdfDocument, facts: Fact[]): void {
  const info = doc.trailer.has('Encrypt') ? undefined : doc.dict(doc.trailer.get('Info') ?? null);
  for (const [label, key] of [
    ['title', 'Title'],
    ['author', 'Author'],
  ] as const) {
    const value = textOf(doc.resolve(info?.get(key) ?? null))?.trim();
    if (value) facts.push({ label, code: 'plain', params: { value: safeText(value, 150) } });
  }
}

interface Reading {
  readonly doc: PdfDocument;
  readonly actions: Actions;
  readonly budget: Budget;
  readonly links: Links;
}

/** Counts all pages, and reads the first ones until there is enough for a preview and to search, and those that lead elsewhere as long as there is room. */
function readPages({ doc, actions, budget, links }: Reading, found: Found): void {
  const pages = new Pages(doc);
  const text = new PageText(doc, budget, MOST_TEXT);
  const readable = !doc.trailer.has('Encrypt');
  let count = 0;
  try {
    for (const page of pages.walk()) {
      count++;
      budget.checkTime();
      if (!readable) continue;
      const leading = budget.left('pages') > 0 ? linksOn(page.dict, doc) : [];
      const enough = text.length >= PREVIEW_TEXT && (text.full || budget.used() > SEARCH_SHARE);
      if (leading.length === 0 && (enough || (text.length === 0 && count > MOST_WITHOUT_TEXT))) continue;
      budget.take('pages', 1);
      text.add(page, leading.length > 0);
      for (const link of leading) links.add(link.target, shownAt(link, text.spots));
    }
  } finally {
    found.text = text.text;
    found.pages = count || actions.pages;
    found.facts.unshift({
      label: 'pages',
      code: 'number',
      params: { value: found.pages },
    });
    if (pages.loops) found.findings.push({ code: 'pdf-loop', level: 'careful', params: {} });
    if (text.bombs > 0) found.findings.push({ code: 'pdf-bomb', level: 'dangerous', params: {} });
  }
}

function* embedded(doc: PdfDocument, actions: Actions): Generator<Embedded, void, undefined> {
  if (doc.trailer.has('Encrypt')) return;
  for (const { name, stream } of actions.embedded()) {
    yield { name, read: () => doc.decode(stream, MOST_EMBEDDED_BYTES).bytes };
  }
}

function flawsOf(doc: PdfDocument, pages: number): readonly Finding[] {
  const encrypted = doc.trailer.has('Encrypt');
  return [
    ...(encrypted ? [{ code: 'pdf-encrypted', level: 'careful', params: {} } as const] : []),
    ...(doc.unread > 0 && !encrypted ? [{ code: 'pdf-unread', level: 'careful', params: {} } as const] : []),
    ...(doc.broken > 0 || !doc.trailer.has('Root') || pages === 0
      ? [{ code: 'broken', level: 'careful', params: { where: 'PDF' } } as const]
      : []),
  ];
}
