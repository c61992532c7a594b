import type { Span } from '../../db/automod-alerts.ts';
import { clip, escapeMarkdown, type Markup, markup } from '../answers/words.ts';

/** What is shown before the first place that matched, and in all. */
const BEFORE = 300;
const MOST = 1_200;

/**
 * A stranger's text as a quotation, with what rules found in it set bold and underlined. None of its own markdown counts, nobody is
 * mentioned, nothing can be clicked; of a long one the part around the first place is shown.
 */
export function highlighted(text: string, spans: readonly Span[]): Markup {
  const fitting = spans.filter(([from, to]) => from >= 0 && to <= text.length && from < to);
  const ordered = apart(fitting.map(([from, to]) => [boundary(text, from), boundaryAfter(text, to)] as const));
  const begin = boundary(text, Math.max(0, (ordered[0]?.[0] ?? 0) - BEFORE));
  const shown = clip(text.slice(begin), MOST);
  const end = begin + (shown.length < text.length - begin ? shown.length - 1 : shown.length);
  const pieces: string[] = begin > 0 ? ['…'] : [];
  let at = begin;
  for (const [from, to] of ordered) {
    if (from >= end) break;
    const until = Math.min(to, end);
    pieces.push(plain(text.slice(at, from)), marked(text.slice(Math.max(at, from), until)));
    at = until;
  }
  pieces.push(plain(text.slice(at, end)), end < text.length ? '…' : '');
  return markup(`>>> ${pieces.join('').trim() || ' '}`);
}

/** In order, those that touch as one. */
function apart(spans: readonly Span[]): readonly Span[] {
  const merged: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Never in the middle of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function boundaryAfter(text: string, at: number): number {
  return boundary(text, at) === at ? at : at + 1;
}

function plain(text: string): string {
  return escapeMarkdown(text).replaceAll('://', ':\\//');
}

/** Discord sets nothing bold that begins or ends with a space, or goes over lines. */
function marked(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(line) ?? [];
      return inner === '' ? line : `${before}**__${plain(inner)}__**${after}`;
    })
    .join('\n');
}
