import type { Params } from './i18n.ts';

/** A text of the catalogue with its gaps found: words, and the names of what goes between them. */
export interface TextTemplate {
  /** One more than there are gaps. */
  readonly words: readonly string[];
  readonly gaps: readonly Gap[];
}

interface Gap {
  readonly name: string;
  /** Whether a number is written as people of the language write it: `{{people, number}}`. */
  readonly grouped: boolean;
}

const GAP = /\{\{(\w+)(, number)?\}\}/g;

export function parseTemplate(text: string): TextTemplate {
  const words: string[] = [];
  const gaps: Gap[] = [];
  let at = 0;
  for (const { 0: whole, 1: name = '', 2: grouped, index } of text.matchAll(GAP)) {
    words.push(text.slice(at, index));
    gaps.push({ name, grouped: grouped !== undefined });
    at = index + whole.length;
  }
  return { words: [...words, text.slice(at)], gaps };
}

/** Parameters are put in as they are, never interpreted; what is not given leaves its gap empty. */
export function fillTemplate({ words, gaps }: TextTemplate, params: Params, numbers: Intl.NumberFormat): string {
  let filled = words[0] ?? '';
  for (const [at, { name, grouped }] of gaps.entries()) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    filled += grouped && typeof value === 'number' ? numbers.format(value) : (value ?? '');
    filled += words[at + 1] ?? '';
  }
  return filled;
}
