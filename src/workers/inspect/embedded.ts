import { LimitError } from './budget.ts';
import type { Opening } from './opener.ts';
import type { Finding, LimitHit, Report } from './report.ts';
import { safeText } from './safe-text.ts';

/** A file that lies in a document. */
export interface Embedded {
  readonly name: string;
  /** Whether documents of this kind have such files for reasons of their own: then being there is nothing to tell. */
  readonly usual?: boolean;
  /** Its bytes, taken from the budget. */
  readonly read: () => Uint8Array;
}

const MOST_OPENED = 24;
const MOST_FINDINGS = 8;
const NAME = 100;

/** What the files in a document add to what is said of it; each is opened by its own content, one level deeper. */
export class InsideDocument {
  readonly #opening: Opening;
  readonly #findings: Finding[] = [];
  readonly limits: LimitHit[] = [];
  readonly links: string[] = [];
  readonly secrets: Report['secrets'] = [];

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /** Opens the first of them. LimitError where there are more, or where the budget has no room for the next one. */
  async look(files: Iterable<Embedded>): Promise<void> {
    let count = 0;
    for (const { name, usual, read } of files) {
      if (++count > MOST_OPENED) throw new LimitError({ limit: 'entries', allowed: MOST_OPENED, seen: count });
      const inFile = safeText(name, NAME);
      if (!usual) this.#findings.push({ code: 'embedded', level: 'careful', params: { file: inFile } });
      this.#opening.budget.checkTime();
      this.#add(inFile, await this.#opening.inside(name, read()));
    }
  }

  findings(): readonly Finding[] {
    return this.#findings.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_FINDINGS);
  }

  #add(inFile: string, report: Report): void {
    for (const { code, level, params } of report.findings) {
      if (level === 'safe') continue;
      const nested = typeof params.inFile === 'string' ? `${inFile} › ${params.inFile}` : inFile;
      const what = code === 'inside' ? (params.code ?? code) : code;
      this.#findings.push({ code: 'inside', level, params: { ...params, code: what, inFile: nested } });
    }
    this.limits.push(...report.limits);
    this.links.push(...report.links);
    this.secrets.push(...report.secrets);
  }
}

function rank({ level }: Finding): number {
  return level === 'dangerous' ? 1 : 0;
}

/** Goes on after a limit, so that what was seen until then can be told. */
export async function within(limits: LimitHit[], step: () => void | Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
  }
}

/** The first hit of each limit. */
export function onePerLimit(limits: readonly LimitHit[]): LimitHit[] {
  return [...new Map(limits.toReversed().map((hit) => [hit.limit, hit])).values()].reverse();
}
