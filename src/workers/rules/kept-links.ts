import { listedIn } from '../../lib/links/domain-list.ts';
import { type JudgedLink, judgeLink } from '../../lib/links/judge.ts';
import type { SentRules } from './verdict.ts';

/** Most links come again: from the same sites, in every copy of a flood. */
const MOST_KEPT = 1_000;

/** What a thread has found out about links, by one version of the lists of dangerous domains. */
export class KeptLinks {
  readonly #version: string;
  readonly #listed: ReturnType<typeof listedIn>;
  readonly #judged = new Map<string, JudgedLink>();

  constructor({ version, lists }: SentRules['domains']) {
    this.#version = version;
    this.#listed = listedIn(lists);
  }

  isOf({ version }: SentRules['domains']): boolean {
    return this.#version === version;
  }

  judged(url: string, shown = ''): JudgedLink {
    const key = `${url}\n${shown}`;
    const known = this.#judged.get(key);
    if (known) return known;
    const judged = judgeLink(url, shown, this.#listed);
    if (this.#judged.size >= MOST_KEPT) this.#judged.clear();
    this.#judged.set(key, judged);
    return judged;
  }
}
