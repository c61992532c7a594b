import { InsideDocument, onePerLimit, within } from './embedded.ts';
import { Findings } from './findings.ts';
import { Links } from './links.ts';
import { readBook } from './office/biff.ts';
import { Cfb, type CfbEntry } from './office/cfb.ts';
import { judgeOldFields } from './office/fields.ts';
import { packagesIn } from './office/ole.ts';
import { readSummary } from './office/summary.ts';
import { macroFindings } from './office/vba.ts';
import type { Opener, Opening } from './opener.ts';
import { type Fact, type LimitHit, type Report, reportOf } from './report.ts';
import { safeText } from './safe-text.ts';

const MOST_SUMMARY = 65_536;
const MOST_SHEETS = 6;
/** Links are looked for in streams up to this many bytes together. */
const MOST_SEARCHED = 8_000_000;

/** An older document by its container: macros, locks, what lies in it, where it leads. Its text is not read. */
export const openLegacyOffice: Opener = (opening) => new LegacyDocument(opening).report();

class LegacyDocument {
  readonly #opening: Opening;
  readonly #findings = new Findings();
  readonly #facts: Fact[] = [];
  readonly #links: Links;
  readonly #inside: InsideDocument;

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#links = new Links(opening);
    this.#inside = new InsideDocument(opening);
  }

  async report(): Promise<Report> {
    const limits: LimitHit[] = [];
    await within(limits, async () => {
      const cfb = new Cfb(this.#opening.bytes, this.#opening.budget);
      if (!cfb.entries.some(({ kind }) => kind === 'root')) this.#findings.add('broken', 'careful', { where: 'OLE' });
      this.#describe(cfb);
      this.#findings.put(...macroFindings(cfb, this.#opening.budget, (source) => this.#links.addAllOf(source)));
      this.#book(cfb);
      this.#names(cfb);
      await within(limits, () => this.#search(cfb));
      await this.#inside.look(packagesIn(cfb));
    });
    const { links, findings } = this.#links.report();
    return reportOf('legacyOffice', 'application/x-ole-storage', {
      findings: [...this.#findings.list(), ...findings, ...this.#inside.findings()],
      facts: this.#facts,
      limits: onePerLimit([...limits, ...this.#inside.limits]),
      links: [...new Set([...links, ...this.#inside.links])].slice(0, 100),
      secrets: this.#inside.secrets,
    });
  }

  #describe(cfb: Cfb): void {
    const entry = cfb.entries.find(({ path }) => path === '\u0005SummaryInformation');
    if (!entry) return;
    const summary = readSummary(cfb.read(entry, MOST_SUMMARY));
    for (const label of ['title', 'author'] as const) {
      const value = safeText(summary[label].trim(), 200);
      if (value !== '') this.#facts.push({ label, code: 'plain', params: { value } });
    }
  }

  #book(cfb: Cfb): void {
    const entry = cfb.entries.find(({ path, kind }) => kind === 'stream' && /^(?:workbook|book)$/i.test(path));
    if (!entry) return;
    const sheets = readBook(cfb.read(entry), this.#opening.budget, this.#findings);
    for (const { name, hidden } of sheets.slice(0, MOST_SHEETS)) {
      const value = safeText(name, 60);
      this.#facts.push(
        hidden
          ? { label: 'sheet', code: 'hidden', params: { name: value } }
          : { label: 'sheet', code: 'plain', params: { value } },
      );
    }
    const count = sheets.length - MOST_SHEETS;
    if (count > 0) this.#facts.push({ label: 'sheet', code: 'columnsMore', params: { count } });
  }

  /** What the names of its streams give away, and the fields in the text of Word. */
  #names(cfb: Cfb): void {
    const has = (pattern: RegExp) => cfb.entries.some(({ path }) => pattern.test(path));
    if (has(/^(?:EncryptedPackage|EncryptedSummary|\tDRMContent)$/)) this.#findings.add('office-encrypted', 'careful');
    if (has(/^(?:ObjectPool|MBD[0-9A-F]{8})\//)) this.#findings.add('objects-inside', 'careful');
    // A message of Outlook, or of a program that nobody here knows: installers and drawings are stored so, too.
    if (!has(/^(?:WordDocument|Workbook|Book|PowerPoint Document|EncryptedPackage)$/i))
      this.#findings.add('parts-unseen', 'unseen');
    const word = cfb.entries.find(({ path }) => path === 'WordDocument');
    if (!word) return;
    const bytes = cfb.read(word);
    if (((bytes[11] ?? 0) & 1) === 1) this.#findings.add('office-encrypted', 'careful');
    judgeOldFields(new TextDecoder('latin1').decode(bytes), this.#findings, this.#links);
  }

  /** Addresses in one byte a letter and in two. */
  #search(cfb: Cfb): void {
    let left = MOST_SEARCHED;
    for (const entry of cfb.entries) {
      if (entry.kind !== 'stream' || left <= 0) continue;
      const bytes = this.#read(cfb, entry, left);
      left -= bytes.length;
      const text = new TextDecoder('latin1').decode(bytes);
      this.#links.addAllOf(text);
      if (text.includes('h\0t\0t\0p\0')) this.#links.addAllOf(text.replaceAll('\0', ''));
    }
  }

  #read(cfb: Cfb, entry: CfbEntry, most: number): Uint8Array {
    this.#opening.budget.checkTime();
    return cfb.read(entry, most);
  }
}
