import { parse, TomlDate, TomlError } from 'smol-toml';
import { shownKey } from './shown-key.ts';
import type { TextFault } from './yaml.ts';

export interface TomlShape {
  /** Tables and single values. */
  readonly values: number;
  readonly depth: number;
  /** Of the root; safe to show. */
  readonly keys: string[];
  /** How many keys the root has. */
  readonly entries: number;
}

export type TomlScan =
  | { readonly ok: true; readonly shape: TomlShape }
  | { readonly ok: false; readonly fault: TextFault };

const MAX_KEYS = 25;
const MAX_DEPTH = 100;

/** Reads TOML. The parser takes about a third of a second a megabyte: give it no more. */
export function scanToml(text: string): TomlScan {
  try {
    const root = parse(text, { maxDepth: MAX_DEPTH, integersAsBigInt: 'asNeeded' });
    const keys = Object.keys(root);
    const shown = keys.slice(0, MAX_KEYS).map(shownKey);
    return { ok: true, shape: { ...measure(root), keys: shown, entries: keys.length } };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [said = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return { ok: false, fault: { reason: said, line: error.line, column: error.column } };
  }
}

/** Without recursion: dotted keys go deeper than any bound on brackets. */
function measure(root: object): Pick<TomlShape, 'values' | 'depth'> {
  let [values, depth] = [0, 0];
  let level: object[] = [root];
  while (level.length > 0) {
    depth++;
    const next: object[] = [];
    for (const one of level) {
      for (const value of Object.values(one)) {
        values++;
        if (typeof value === 'object' && value !== null && !(value instanceof TomlDate)) next.push(value);
      }
    }
    level = next;
  }
  return { values, depth };
}
