import { type ArchiveEntry, named, shown } from './archive-entries.ts';
import { LimitError } from './budget.ts';
import { extensionsOf, runsByName } from './names.ts';
import type { Opening } from './opener.ts';
import type { Finding, LimitHit, Report } from './report.ts';
import { trueType } from './true-type.ts';
import { ZipEntryError } from './zip-reader.ts';

/** How many entries are looked into, each at its first bytes; what is worth it is opened whole. Archives are, as long as there is time. */
const LOOKED_INTO = { archives: 2_000, others: 64 };
const PEEK = 16_384;
const MOST_FINDINGS = 8;
const MOST_LINKS = 100;
const BOMBS = ['bomb', 'bomb-together', 'too-deep', 'overlapping', 'lies-about-size'];

const ARCHIVES: readonly Report['type'][] = ['zip', 'tar', 'gzip', 'bzip2', 'xz', 'sevenZip', 'rar', 'jar', 'apk'];
const DOCUMENTS: readonly Report['type'][] = [
  ...(['pdf', 'docx', 'xlsx', 'pptx', 'legacyOffice', 'shortcut', 'html', 'svg', 'mail'] as const),
];
const PROGRAMS: readonly Report['type'][] = ['pe', 'elf', 'macho', 'javaClass', 'installer', 'diskImage'];
const PACKED = new Set('zip tar gz tgz bz2 tbz2 xz txz 7z rar jar apk'.split(' '));
const WORTH_IT = new Set(
  'pdf docx docm xlsx xlsm pptx pptm doc xls ppt lnk url desktop html htm xhtml svg mht mhtml eml'.split(' '),
);

const ARCHIVE = 2;

/** What to look into first, by what it is called. */
function worthOf({ path }: ArchiveEntry): number {
  const extension = extensionsOf(path)[0] ?? '';
  if (PACKED.has(extension)) return ARCHIVE;
  return WORTH_IT.has(extension) ? 1 : 0;
}

/** Looks into the entries of an archive, the most telling ones first, and gathers what they have to say. */
export class Inside {
  readonly #opening: Opening;
  readonly #findings: Finding[] = [];
  readonly #programs: ArchiveEntry[] = [];
  readonly limits: LimitHit[] = [];
  readonly links = new Set<string>();
  readonly secrets: Report['secrets'] = [];

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /** Stops at a limit and remembers it; an entry that is broken or lies is a finding. */
  async look(files: readonly ArchiveEntry[]): Promise<void> {
    const known = files
      .filter(({ read, encrypted, size }) => read !== undefined && !encrypted && size > 0)
      .map((entry, at) => ({ entry, at, worth: worthOf(entry) }))
      .sort(
        (a, b) =>
          b.worth - a.worth || (b.entry.packed ?? b.entry.size) - (a.entry.packed ?? a.entry.size) || a.at - b.at,
      );
    const others = known.findIndex(({ worth }) => worth < ARCHIVE);
    const chosen = [
      ...known.slice(0, others === -1 ? LOOKED_INTO.archives : Math.min(others, LOOKED_INTO.archives)),
      ...(others === -1 ? [] : known.slice(others, others + LOOKED_INTO.others)),
    ];
    for (const { entry, worth } of chosen) {
      if (worth < ARCHIVE && !this.#opening.tree.mayLook()) return;
      // One bomb is enough: the others would only cost time.
      if (this.#findings.some(({ code, params }) => BOMBS.includes(String(params.code ?? code)))) return;
      try {
        await this.#lookInto(entry);
      } catch (error) {
        if (error instanceof ZipEntryError) this.#broken(entry, error);
        else if (error instanceof LimitError) {
          this.limits.push(error.hit);
          if (error.hit.limit !== 'bytesOut') return;
        } else throw error;
      }
    }
  }

  findings(): Finding[] {
    const byContent = this.#programs.filter(({ path }) => !runsByName(path));
    return [...named('programs-inside', 'dangerous', byContent), ...this.#findings.slice(0, MOST_FINDINGS)];
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
    this.#findings.push(...report.findings.filter(({ level }) => level !== 'safe').map((one) => insideOf(path, one)));
    // That something in it was only read in part makes the whole no safer than that.
    this.limits.push(...report.limits);
    for (const link of report.links) if (this.links.size < MOST_LINKS) this.links.add(link);
    this.secrets.push(...report.secrets);
  }

  async #lookInto(entry: ArchiveEntry): Promise<void> {
    const { inside } = this.#opening;
    const head = entry.read?.(PEEK);
    if (!head) return;
    const { type } = await trueType(head, entry.path);
    if (PROGRAMS.includes(type)) this.#programs.push(entry);
    if (!ARCHIVES.includes(type) && !DOCUMENTS.includes(type)) return;
    if (this.#tooDeep(entry.path, type)) return;
    const whole = head.length < entry.size ? entry.read?.() : head;
    if (whole) this.#add(entry.path, await inside(entry.path, whole));
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

/** Whose `what` is the text of `params.code`, with the same values. A path grows with each archive around it. */
function insideOf(path: string, { code, level, params }: Finding): Finding {
  const inFile = typeof params.inFile === 'string' ? `${shown(path)} › ${params.inFile}` : shown(path);
  return {
    code: 'inside',
    level,
    params: { ...params, code: code === 'inside' ? (params.code ?? code) : code, inFile },
  };
}
