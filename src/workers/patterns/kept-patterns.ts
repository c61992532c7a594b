import { MOST_KEPT } from './limits.ts';
import { Pattern } from './pattern.ts';
import { PatternError, type PatternProblem } from './problem.ts';

/** What a pattern takes beside its instructions. */
const EACH = 100;

export interface PatternSource {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** The patterns that a thread keeps compiled; those not asked for longest make room. */
export class KeptPatterns {
  readonly #kept = new Map<string, Pattern>();
  #instructions = 0;

  /** Compiled, or what is wrong with it. */
  get({ source, ignoreCase }: PatternSource): Pattern | PatternProblem {
    const key = `${ignoreCase ? 'i' : 'c'}${source}`;
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    try {
      const pattern = new Pattern(source, ignoreCase);
      this.#kept.set(key, pattern);
      this.#instructions += pattern.size + EACH;
      this.#makeRoom();
      return pattern;
    } catch (error) {
      if (error instanceof PatternError) return error.problem;
      throw error;
    }
  }

  #makeRoom(): void {
    for (const [oldest, pattern] of this.#kept) {
      if (this.#instructions <= MOST_KEPT) return;
      this.#kept.delete(oldest);
      this.#instructions -= pattern.size + EACH;
    }
  }
}
