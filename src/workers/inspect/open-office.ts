import { documentContents } from './document-contents.ts';
import { type Embedded, InsideDocument, onePerLimit, within } from './embedded.ts';
import { Findings } from './findings.ts';
import { Links } from './links.ts';
import { Cfb, isCfb } from './office/cfb.ts';
import { SheetsDescription } from './office/describe-sheets.ts';
import { readNotes } from './office/notes.ts';
import { Parts, partName } from './office/package.ts';
import { judgeRelations, Relations } from './office/relations.ts';
import { SlideText } from './office/slides.ts';
import type { Surroundings } from './office/surroundings.ts';
import { macroFindings } from './office/vba.ts';
import { WordText } from './office/word.ts';
import type { Opener, Opening } from './opener.ts';
import { type Fact, type Finding, type LimitHit, type Preview, type Report, reportOf } from './report.ts';
import { safeLines, safeText } from './safe-text.ts';
import { maskSecrets } from './secrets.ts';
import { entriesOf } from './zip-contents.ts';

const PREVIEW = { lines: 14, width: 100 };
const MOST_EMBEDDED_BYTES = 16_000_000;
/** Of slides together. */
const MOST_TEXT = 200_000;
/** Nothing more is measured when so much of the time is used. */
const MEASURE_SHARE = 0.5;

/** What is read here, or opened by what it is. */
const PARTS = /\.(?:xml|rels|vml)$/i;
const EMBEDDED = /[\\/]embeddings[\\/][^\\/]+$/i;
const MACROS = /vbaproject[^\\/]*\.bin$/i;

type Kind = 'docx' | 'xlsx' | 'pptx';
const MIME: Readonly<Record<Kind, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** A document of Word, Excel or PowerPoint: macros, what it fetches, what lies in it, where it leads, what it says. */
export const openOffice =
  (kind: Kind): Opener =>
  (opening) =>
    new OfficeDocument(kind, opening).report();

class OfficeDocument {
  readonly #kind: Kind;
  readonly #opening: Opening;
  readonly #parts: Parts;
  readonly #links: Links;
  readonly #findings = new Findings();
  readonly #facts: Fact[] = [];
  readonly #limits: LimitHit[] = [];
  readonly #previews: Preview[] = [];
  readonly #inside: InsideDocument;
  readonly #secrets: Report['secrets'] = [];
  readonly #beside: Finding[] = [];
  #relations = new Relations([]);

  constructor(kind: Kind, opening: Opening) {
    this.#kind = kind;
    this.#opening = opening;
    this.#parts = new Parts(opening.bytes, opening.budget);
    this.#links = new Links(opening);
    this.#inside = new InsideDocument(opening);
  }

  async report(): Promise<Report> {
    const steps = [
      () => this.#relate(),
      () => this.#lookBeside(),
      () => this.#macros(),
      () => this.#describe(),
      () => this.#readContent(),
      () => this.#readNotes(),
      () => this.#inside.look(this.#embedded()),
      () => this.#measure(),
    ];
    for (const step of steps) await within(this.#limits, step);
    this.#flaws();
    const { links, findings } = this.#links.report();
    return reportOf(this.#kind, MIME[this.#kind], {
      findings: [...this.#findings.list(), ...findings, ...this.#inside.findings(), ...this.#beside],
      facts: this.#facts,
      previews: this.#previews,
      limits: onePerLimit([...this.#limits, ...this.#inside.limits]),
      links: [...new Set([...links, ...this.#inside.links])].slice(0, 100),
      secrets: [...this.#secrets, ...this.#inside.secrets],
    });
  }

  #relate(): void {
    const found = [];
    try {
      for (const relation of this.#parts.relations()) found.push(relation);
    } finally {
      this.#relations = new Relations(found);
      judgeRelations(found, this.#findings, this.#links);
    }
  }

  #macros(): void {
    const named = this.#parts.names.filter((name) => /vbaproject[^/]*\.bin$/.test(name));
    for (const path of new Set([...named, ...this.#relations.paths('vbaProject')])) {
      const bytes = this.#parts.read(path);
      if (!bytes || !isCfb(bytes)) {
        this.#findings.add('macros-hidden', 'dangerous');
        continue;
      }
      const cfb = new Cfb(bytes, this.#opening.budget);
      this.#findings.put(...macroFindings(cfb, this.#opening.budget, (source) => this.#links.addAllOf(source)));
    }
    const isOldMacro = (type: string) => /^xl(?:intl)?macrosheet$/i.test(type);
    if (
      this.#parts.names.some((name) => name.startsWith('xl/macrosheets/')) ||
      this.#relations.all.some(({ type }) => isOldMacro(type))
    ) {
      this.#findings.add('macros-old', 'dangerous');
    }
    if (this.#parts.names.some((name) => /\/activex\/[^/]*\.(?:bin|xml)$/.test(name)))
      this.#findings.add('active-x', 'careful');
  }

  #describe(): void {
    const wanted = new Map<string, 'title' | 'author'>([
      ['title', 'title'],
      ['creator', 'author'],
    ]);
    const values = { title: '', author: '' };
    let now: 'title' | 'author' | undefined;
    this.#parts.xml(this.#relations.paths('core-properties')[0] ?? 'docProps/core.xml', {
      open: ({ name }) => {
        now = wanted.get(name);
      },
      close: () => {
        now = undefined;
      },
      text: (text) => {
        if (now && values[now].length < 1_000) values[now] += text;
      },
    });
    for (const label of ['title', 'author'] as const) this.#fact(label, values[label].trim());
  }

  #fact(label: Fact['label'], value: string): void {
    if (value !== '') this.#facts.push({ label, code: 'plain', params: { value: safeText(value, 200) } });
  }

  #readContent(): Promise<void> | void {
    switch (this.#kind) {
      case 'docx':
        return this.#readText();
      case 'pptx':
        return this.#readSlides();
      case 'xlsx':
        return this.#readSheets();
    }
  }

  get #main(): string | undefined {
    return this.#relations.paths('officeDocument').find((path) => this.#parts.has(path));
  }

  #around(): Surroundings {
    return { findings: this.#findings, links: this.#links, relations: this.#relations };
  }

  #readText(): void {
    const others = this.#parts.names.filter((name) =>
      /^word\/(?:header|footer|footnotes|endnotes|comments)\d{0,5}\.xml$/.test(name),
    );
    const [main = 'word/document.xml', ...rest] = [this.#main ?? 'word/document.xml', ...others];
    for (const path of [main, ...rest]) {
      const word = new WordText(path, this.#around());
      try {
        this.#parts.xml(path, word.handlers);
      } finally {
        word.end();
        if (path === main) this.#showText(word.text);
        else this.#masked(word.text);
      }
    }
  }

  #readSlides(): void {
    const slides = this.#parts.names.filter((name) => /^ppt\/slides\/slide\d{1,5}\.xml$/.test(name));
    const ordered = slides.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    this.#facts.push({ label: 'slides', code: 'number', params: { value: slides.length } });
    let text = '';
    try {
      for (const path of ordered) {
        const slide = new SlideText(path, this.#around());
        this.#parts.xml(path, slide.handlers);
        if (text.length < MOST_TEXT) text += slide.text;
      }
    } finally {
      this.#showText(text);
    }
  }

  #showText(text: string): void {
    this.#links.addAllOf(text);
    const lines = this.#masked(text.replace(/\n{2,}/g, '\n').trim());
    if (lines !== '') this.#previews.push({ kind: 'text', language: '', text: safeLines(lines, PREVIEW) });
  }

  /** All of a text is searched, however little of it is shown. */
  #masked(whole: string): string {
    const { text, kinds } = maskSecrets(whole);
    this.#secrets.push(...kinds);
    return text;
  }

  /** Beside text, which is read with its comments. */
  #readNotes(): void {
    if (this.#kind !== 'docx') this.#links.addAllOf(this.#masked(readNotes(this.#parts)));
  }

  #readSheets(): void {
    // Written as numbers to save room (XLSB).
    if (this.#parts.names.some((name) => /^xl\/worksheets\/[^/]+\.bin$/.test(name)))
      this.#findings.add('parts-unseen', 'unseen');
    this.#dataFromElsewhere();
    const sheets = new SheetsDescription(this.#parts, this.#around(), this.#opening.budget);
    try {
      sheets.read();
    } finally {
      const { facts = [], findings = [], previews = [], limits = [], secrets = [] } = sheets.description();
      this.#facts.push(...facts);
      this.#findings.put(...findings);
      this.#previews.push(...previews);
      this.#limits.push(...limits);
      this.#secrets.push(...secrets);
    }
  }

  /** Links to other programs stand in parts of their own. */
  #dataFromElsewhere(): void {
    for (const path of this.#parts.names.filter((name) =>
      /^xl\/(?:externallinks\/[^/]{1,100}|connections)\.xml$/.test(name),
    )) {
      this.#parts.xml(path, {
        open: ({ name, get }) => {
          if (name === 'ddeLink')
            this.#findings.add('dde', 'dangerous', { command: `${get('ddeService') ?? ''} ${get('ddeTopic') ?? ''}` });
          const url = name === 'webPr' ? get('url') : undefined;
          if (url) this.#findings.add('remote-data', 'careful', { link: url });
        },
      });
    }
  }

  *#embedded(): Generator<Embedded, void, undefined> {
    for (const name of this.#parts.names) {
      if (!EMBEDDED.test(name)) continue;
      const usual = /\.(?:xlsx|docx|pptx)$/.test(name);
      yield {
        name: name.split('/').at(-1) ?? name,
        usual,
        read: () => this.#parts.read(name, MOST_EMBEDDED_BYTES) ?? new Uint8Array(0),
      };
    }
  }

  /** Before the content, which may take all the time there is. */
  async #lookBeside(): Promise<void> {
    const macros = new Set(this.#relations.paths('vbaProject'));
    const opens = (path: string) => EMBEDDED.test(path) || MACROS.test(path) || macros.has(partName(path));
    const { zip } = this.#parts;
    // What is larger than it says is looked for at the end: what is read until then need not be measured.
    const entries = entriesOf(zip, this.#opening).map(({ measure: _, ...entry }) => ({
      ...entry,
      part: PARTS.test(entry.path),
    }));
    const seen = await documentContents(zip, entries, this.#opening, opens);
    this.#beside.push(...seen.findings);
    this.#limits.push(...seen.limits);
    this.#inside.links.push(...seen.links);
    this.#secrets.push(...seen.secrets);
  }

  /** What nobody read may be larger than it says. */
  #measure(): void {
    const { tree, budget } = this.#opening;
    if (this.#beside.some(({ level }) => level === 'dangerous')) return;
    const liar = this.#parts.measure((packed) => budget.usedTime() < MEASURE_SHARE && tree.mayMeasure(packed));
    if (liar !== undefined) this.#findings.add('lies-about-size', 'dangerous', { path: safeText(liar, 100) });
  }

  #flaws(): void {
    const broken = [...this.#parts.broken, ...(this.#parts.zip.flaws.includes('no-directory') ? ['ZIP'] : [])];
    for (const where of broken.slice(0, 2)) this.#findings.add('broken', 'careful', { where });
  }
}
