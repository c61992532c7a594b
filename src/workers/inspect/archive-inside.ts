import { type ArchiveEntry, named, shown } from './archive-entries.ts';
import { inSearchOrder, keepsSecrets, mayRun, searchText } from './archive-texts.ts';
import { LimitError } from './budget.ts';
import { byMagic, hasAt } from './magic.ts';
import { extensionsOf, runsByName } from './names.ts';
import type { Opening } from './opener.ts';
import type { Finding, LimitHit, Report } from './report.ts';
import { trueType } from './true-type.ts';
import { ZipEntryError } from './zip-reader.ts';

/**
 * How many entries are looked into, each at its first bytes; what is worth it is opened whole. Archives are, as long as
 * there is time. Of the others fewer bytes are looked at.
 */
const LOOKED_INTO = { archives: 2_000, others: 64 };
const PEEK = 16_384;
const GLANCE = 512;
/** Glances end when so much of the time is used: on a busy machine, too, what is left must do for the rest. */
const GLANCE_SHARE = 0.5;
/** More cannot come out of a deflated byte: what claims nearly as much has no room for a lie worth looking for. */
const MOST_RATIO = 1_032;
const MUCH_MORE = 1.5;
const MOST_FINDINGS = 8;
const MOST_LINKS = 100;
const BOMBS = ['bomb', 'bomb-together', 'too-deep', 'overlapping', 'lies-about-size'];

const ARCHIVES: readonly Report['type'][] = ['zip', 'tar', 'gzip', 'bzip2', 'xz', 'sevenZip', 'rar', 'jar', 'apk'];
const DOCUMENTS: readonly Report['type'][] = [
  ...(['pdf', 'docx', 'xlsx', 'pptx', 'legacyOffice', 'shortcut', 'html', 'svg', 'mail'] as const),
];
const TEXTS: readonly Report['type'][] = ['text', 'script', 'xml'];
const PROGRAMS: readonly Report['type'][] = ['pe', 'elf', 'macho', 'javaClass', 'installer', 'diskImage'];
const PACKED = new Set('zip tar gz tgz bz2 tbz2 xz txz 7z rar jar apk'.split(' '));
const WORTH_IT = new Set(
  'pdf docx docm xlsx xlsm pptx pptm doc xls ppt lnk url webloc inetloc fileloc terminal msc rdp iqy desktop html htm xhtml svg mht mhtml eml'.split(
    ' ',
  ),
);

/** What to look into, the most telling by what it is called first, and what to look at less closely. */
function inOrder(files: readonly ArchiveEntry[]) {
  const known = files
    .filter(({ read, encrypted, size }) => read !== undefined && !encrypted && size > 0)
    .map((entry, at) => ({ entry, at, worth: worthOf(entry) }))
    .sort(
      (a, b) => b.worth - a.worth || (b.entry.packed ?? b.entry.size) - (a.entry.packed ?? a.entry.size) || a.at - b.at,
    )
    .map(({ entry }) => entry);
  const archives = known.filter(isPacked);
  const others = known.slice(archives.length).filter(({ part }) => !part);
  return {
    chosen: [...archives.slice(0, LOOKED_INTO.archives), ...others.slice(0, LOOKED_INTO.others)],
    others: [
      ...others.slice(LOOKED_INTO.others),
      ...archives.slice(LOOKED_INTO.archives),
      ...known.filter(({ part }) => part),
    ],
  };
}

/** Begins as XML does, in one byte a letter or in two. */
function isMarkup(head: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]{0,512}</.test(Buffer.from(head).toString('latin1'));
}

function isPacked({ path }: ArchiveEntry): boolean {
  return PACKED.has(extensionsOf(path)[0] ?? '');
}

function worthOf(entry: ArchiveEntry): number {
  if (isPacked(entry)) return 3;
  if (WORTH_IT.has(extensionsOf(entry.path)[0] ?? '')) return 2;
  return keepsSecrets(entry.path) || mayRun(entry.path) ? 1 : 0;
}

/** Looks into the entries of an archive, the most telling ones first, and gathers what they have to say. */
export class Inside {
  readonly #opening: Opening;
  readonly #findings: Finding[] = [];
  readonly #programs: ArchiveEntry[] = [];
  readonly #texts: ArchiveEntry[] = [];
  readonly #leaks: ArchiveEntry[] = [];
  /** Files with something in them that is not locked, parts of a document aside, and how many of them were looked at. */
  #count = 0;
  #seen = 0;
  readonly limits: LimitHit[] = [];
  readonly links = new Set<string>();
  readonly secrets: Report['secrets'] = [];

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /** Stops at a limit and remembers it; an entry that is broken or lies is a finding. */
  async look(files: readonly ArchiveEntry[]): Promise<void> {
    this.#count = files.filter(
      ({ size, target, encrypted, part }) => size > 0 && target === undefined && !encrypted && !part,
    ).length;
    const { chosen, others } = inOrder(files);
    for (const entry of chosen) {
      if (!isPacked(entry) && !this.#opening.tree.mayLook()) others.push(entry);
      else if (!(await this.#step(entry, () => this.#lookInto(entry)))) return;
    }
    for (const entry of others) {
      if (!this.#opening.tree.mayGlance() || this.#opening.budget.usedTime() > GLANCE_SHARE) break;
      if (!(await this.#step(entry, () => this.#glanceAt(entry)))) return;
    }
    for (const entry of files.toSorted((a, b) => (b.packed ?? 0) - (a.packed ?? 0))) {
      const { measure, size, packed = 0 } = entry;
      if (!measure || packed * MOST_RATIO <= size * MUCH_MORE || !this.#opening.tree.mayMeasure(packed)) continue;
      if (!(await this.#step(entry, measure))) return;
    }
    for (const entry of inSearchOrder(this.#texts)) {
      if (!(await this.#step(entry, () => this.#search(entry)))) return;
    }
  }

  /** Whether to go on. One bomb is enough: the others would only cost time. */
  async #step(entry: ArchiveEntry, look: () => Promise<void> | void): Promise<boolean> {
    try {
      await look();
    } catch (error) {
      if (error instanceof ZipEntryError) this.#broken(entry, error);
      else if (error instanceof LimitError) {
        this.limits.push(error.hit);
        return error.hit.limit === 'bytesOut';
      } else throw error;
    }
    return !this.#foundBomb();
  }

  #foundBomb(): boolean {
    return this.#findings.some(({ code, params }) => BOMBS.includes(String(params.code ?? code)));
  }

  /** What nobody looked at is not called safe. */
  unseen(): Finding[] {
    const number = this.#count - this.#seen;
    if (number <= 0 || this.#foundBomb()) return [];
    if (this.#seen === 0) return [{ code: 'contents-unseen', level: 'unseen', params: {} }];
    return [{ code: 'some-unseen', level: 'unseen', params: { number, all: this.#count } }];
  }

  findings(): Finding[] {
    const byContent = this.#programs.filter(({ path }) => !runsByName(path));
    const worst = this.#findings.toSorted((a, b) => Number(b.level === 'dangerous') - Number(a.level === 'dangerous'));
    return [
      ...named('programs-inside', 'dangerous', byContent),
      ...worst.slice(0, MOST_FINDINGS),
      ...named('secrets-inside', 'safe', this.#leaks),
    ];
  }

  /** Opens the one thing that is in it, unless it is too deep down. */
  async open(path: string, bytes: Uint8Array): Promise<Report | undefined> {
    const { type } = await trueType(bytes.subarray(0, PEEK), path);
    if (this.#tooDeep(path, type)) return undefined;
    const report = await this.#opening.inside(path, bytes);
    this.#add(path, report);
    return report;
  }

  #add(path: string, report: Report): void {
    // Of what no opener knows, here as well as elsewhere in an archive, its first bytes were looked at.
    const telling = report.findings.filter(({ level, code }) => level !== 'safe' && code !== 'not-opened');
    this.#findings.push(...telling.map((one) => insideOf(path, one)));
    // That something in it was only read in part makes the whole no safer than that.
    this.limits.push(...report.limits);
    for (const link of report.links) if (this.links.size < MOST_LINKS) this.links.add(link);
    this.secrets.push(...report.secrets);
  }

  async #lookInto(entry: ArchiveEntry): Promise<void> {
    const { inside } = this.#opening;
    const head = entry.read?.(PEEK);
    if (!head) return;
    if (!entry.part) this.#seen++;
    const { type } = await trueType(head, entry.path);
    if (PROGRAMS.includes(type)) this.#programs.push(entry);
    if (TEXTS.includes(type)) this.#texts.push(entry);
    if (!ARCHIVES.includes(type) && !DOCUMENTS.includes(type) && !isOtherZip(head, type)) return;
    if (this.#tooDeep(entry.path, type)) return;
    const whole = head.length < entry.size ? entry.read?.() : head;
    if (whole) this.#add(entry.path, await inside(entry.path, whole));
  }

  /** Programs are known by their first bytes. What would have to be opened stays unseen. */
  #glanceAt(entry: ArchiveEntry): Promise<void> | void {
    const head = entry.read?.(GLANCE);
    if (!head) return;
    if (entry.part) return isMarkup(head) || !this.#opening.tree.mayLook() ? undefined : this.#lookInto(entry);
    const type = byMagic(head)?.type;
    if (type === 'shortcut') return this.#lookInto(entry);
    if (type && PROGRAMS.includes(type)) this.#programs.push(entry);
    if (!type && (!head.includes(0) || mayRun(entry.path))) this.#texts.push(entry);
    if (!hasAt(head, 0, 'PK') && (!type || !(ARCHIVES.includes(type) || DOCUMENTS.includes(type)))) this.#seen++;
  }

  async #search(entry: ArchiveEntry): Promise<void> {
    const { kinds, findings } = await searchText(entry, this.#opening);
    this.#findings.push(...findings.map((one) => insideOf(entry.path, one)));
    this.secrets.push(...kinds);
    if (kinds.length > 0) this.#leaks.push(entry);
  }

  #tooDeep(path: string, type: Report['type']): boolean {
    const { depth } = this.#opening.budget.limits;
    if (this.#opening.depth < depth || !ARCHIVES.includes(type)) return false;
    this.#findings.push({ code: 'too-deep', level: 'dangerous', params: { depth, path: shown(path) } });
    return true;
  }

  #broken({ path }: ArchiveEntry, { fault }: ZipEntryError): void {
    const code = fault === 'lies' ? 'lies-about-size' : 'broken';
    if (fault === 'encrypted' || fault === 'method' || this.#findings.some((one) => one.code === code)) return;
    this.#findings.push(
      fault === 'lies'
        ? { code, level: 'dangerous', params: { path: shown(path) } }
        : { code, level: 'careful', params: { where: shown(path) } },
    );
  }
}

/** Documents of other programs than Office, and what pretends to be one. */
function isOtherZip(head: Uint8Array, type: Report['type']): boolean {
  return type === 'other' && hasAt(head, 0, 'PK\x03\x04');
}

/** Whose `what` is the text of `params.code`, with the same values. A path grows with each archive around it. */
function insideOf(path: string, { code, level, params }: Finding): Finding {
  const inFile = typeof params.inFile === 'string' ? `${shown(path)} › ${params.inFile}` : shown(path);
  return {
    code: 'inside',
    level,
    params: { ...params, code: code === 'inside' ? (params.code ?? code) : code, inFile },
  };
}
