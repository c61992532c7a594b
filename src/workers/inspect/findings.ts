import type { Finding } from './report.ts';
import { safeText } from './safe-text.ts';

const MOST_EACH = 3;

/** Findings as they come, the same one once, of each kind a few. */
export class Findings {
  readonly #byCode = new Map<string, Finding[]>();

  add(code: Finding['code'], level: Finding['level'], params: Readonly<Record<string, string>> = {}): void {
    const safe = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, safeText(value.trim(), 100)]));
    this.put({ code, level, params: safe });
  }

  put(...findings: readonly Finding[]): void {
    for (const finding of findings) {
      const before = this.#byCode.get(finding.code) ?? [];
      const known = before.some(({ params }) => JSON.stringify(params) === JSON.stringify(finding.params));
      if (!known && before.length < MOST_EACH) this.#byCode.set(finding.code, [...before, finding]);
    }
  }

  list(): Finding[] {
    return [...this.#byCode.values()].flat();
  }
}
