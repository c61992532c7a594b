import type { Context } from '../../context.ts';
import type { WikiSite } from './sites.ts';

/** Choices cannot be deferred: within so much of Discord's three seconds they are there, or are not offered. */
const WAIT_MS = 1_500;
const MOST_KEPT = 500;
const KEPT_MS = 10 * 60_000;

interface Kept {
  readonly titles: readonly string[];
  readonly at: number;
}

type Asking = Pick<Context, 'io' | 'log' | 'now'>;

/** Titles to be offered while somebody types: asked of the site, remembered for a while, and done without when it is slow. */
export class WikiTitles {
  readonly #kept = new Map<string, Kept>();
  readonly #context: Asking;

  constructor(context: Asking) {
    this.#context = context;
  }

  /** Never fails, and never takes over 1.5 s. What a slow site said about a shorter beginning stands in, as far as it fits. */
  async beginningWith(typed: string, site: WikiSite): Promise<readonly string[]> {
    const wanted = typed.trim().toLowerCase();
    if (wanted === '') return [];
    const known = this.#known(wanted, site);
    if (known) return known;
    try {
      const titles = await this.#ask(typed.trim(), site);
      this.#keep(keyOf(wanted, site), titles);
      return titles;
    } catch (error) {
      this.#context.log.debug({ error, site: site.name }, 'a wiki offered no titles in time');
      return this.#shorter(wanted, site);
    }
  }

  /** That nobody waits any longer says nothing about the site: it is not held against it. */
  #ask(typed: string, { api }: WikiSite): Promise<readonly string[]> {
    const input = { typed, ...(api !== undefined && { api }) };
    return this.#context.io.errand('wikiTitles', input, { signal: AbortSignal.timeout(WAIT_MS) });
  }

  #known(wanted: string, site: WikiSite): readonly string[] | undefined {
    const kept = this.#kept.get(keyOf(wanted, site));
    return kept && this.#context.now().getTime() - kept.at < KEPT_MS ? kept.titles : undefined;
  }

  #shorter(wanted: string, site: WikiSite): readonly string[] {
    for (let length = wanted.length; length > 0; length--) {
      const known = this.#kept.get(keyOf(wanted.slice(0, length), site));
      if (known) return known.titles.filter((title) => title.toLowerCase().startsWith(wanted));
    }
    return [];
  }

  #keep(key: string, titles: readonly string[]): void {
    this.#kept.delete(key);
    this.#kept.set(key, { titles, at: this.#context.now().getTime() });
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}

function keyOf(wanted: string, { api = '' }: WikiSite): string {
  return `${api} ${wanted}`;
}
