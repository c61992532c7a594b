import { type JudgedLink, judgeLink } from '../../lib/links/judge.ts';
import type { Opening } from './opener.ts';
import type { Finding } from './report.ts';
import { safeText } from './safe-text.ts';

const MOST_JUDGED = 10_000;
const MOST_REPORTED = 100;
const MOST_PER_CODE = 3;
const RANKS = { careful: 1, dangerous: 2 } as const;

/** Addresses found in a file, each judged once; the report gets the worst of them first. */
export class Links {
  readonly #opening: Pick<Opening, 'budget' | 'listed'>;
  readonly #judged = new Set<string>();
  readonly #ranks = new Map<string, number>();
  readonly #findings = new Map<string, Finding>();
  readonly #perCode = new Map<string, number>();

  constructor(opening: Pick<Opening, 'budget' | 'listed'>) {
    this.#opening = opening;
  }

  /** `shown` is the text that a reader clicks on; beyond ten thousand addresses no more are taken. */
  add(target: string, shown = ''): void {
    this.#opening.budget.checkTime();
    const pair = JSON.stringify([target.slice(0, 2_048), shown.slice(0, 200)]);
    if (this.#judged.size >= MOST_JUDGED || this.#judged.has(pair)) return;
    this.#judged.add(pair);
    const judged = judgeLink(target, shown, this.#opening.listed);
    if (judged.url === '' || judged.url.startsWith('#')) return;
    this.#ranks.set(judged.url, Math.max(this.#ranks.get(judged.url) ?? 0, this.#note(judged)));
  }

  /** Every address that is written out in a text. */
  addAllOf(text: string): void {
    for (const url of addressesIn(text)) this.add(url);
  }

  #note({ findings }: JudgedLink): number {
    let rank = 0;
    for (const { code, level, params } of findings) {
      rank = Math.max(rank, RANKS[level]);
      const safe = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, safeText(value, 100)]));
      const key = JSON.stringify([code, safe]);
      const before = this.#perCode.get(code) ?? 0;
      if (before >= MOST_PER_CODE || this.#findings.has(key)) continue;
      this.#perCode.set(code, before + 1);
      this.#findings.set(key, { code, level, params: safe });
    }
    return rank;
  }

  get found(): number {
    return this.#ranks.size;
  }

  /** What goes into the report. */
  report(): { readonly links: string[]; readonly findings: readonly Finding[] } {
    const worstFirst = [...this.#ranks].sort(([, a], [, b]) => b - a).slice(0, MOST_REPORTED);
    return { links: worstFirst.map(([url]) => safeText(url, 300)), findings: [...this.#findings.values()] };
  }
}

const ADDRESS = /\bhttps?:\/\/[^\s\p{Cc}<>"'`{}|\\^]{1,2000}/giu;

/** Addresses with their scheme, without the punctuation that ends the sentence around them. */
function* addressesIn(text: string): Generator<string, void, undefined> {
  for (const [address] of text.matchAll(ADDRESS)) yield address.replace(/[.,;:!?)\]]{1,5}$/, '');
}
