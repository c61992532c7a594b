import type { JSONValue } from 'postgres';
import type { I18n, Key } from '../../lib/i18n.ts';
import type { When } from '../../lib/time/parse.ts';
import { type Spoken, speak } from './spoken.ts';

/** Discord markdown that is meant as such: a timestamp, a mention, a code span. Never made of strangers' text. */
export interface Markup {
  readonly markup: string;
}

/** A text of the catalogue, to be said in the language of whoever reads it. */
export interface Said {
  readonly key: Key;
  readonly params?: Params;
}

/** Several words after one another, set apart by commas. */
export interface Listing {
  readonly list: readonly Words[];
}

/** A plain string is data, and its markdown is escaped; what should be formatted is `Markup` or comes from the catalogue. */
export type Words = string | Said | Markup | Listing | Spoken;
export type Params = Readonly<Record<string, Words | number>>;

export function t(key: Key, params?: Params): Said {
  return params ? { key, params } : { key };
}

export function list(words: readonly Words[]): Listing {
  return { list: words };
}

/** A span of time in words, to the second: '1 hour 30 minutes'. */
export function lasting(ms: number): Spoken {
  return { span: ms };
}

/** A moment or a repetition in words, its zone included. */
export function moment(when: When): Spoken {
  return { when };
}

/** A number that may be large, with its separators. */
export function amount(number: number): Spoken {
  return { amount: number };
}

/** How large a file is, in the unit that fits: '1.2 MB'. */
export function size(bytes: number): Spoken {
  return { bytes };
}

/** A command by its path, as people of each language know it: `/config logs`. */
export function command(path: string): Spoken {
  return { command: path };
}

export function markup(text: string): Markup {
  return { markup: text };
}

/** `<t:…>`: Discord shows it in the reader's own time zone. Styles: R relative, f date and time, D date, t time. */
export function timestamp(at: Date, style: 'R' | 'f' | 'D' | 't' = 'R'): Markup {
  return { markup: `<t:${Math.floor(at.getTime() / 1000)}:${style}>` };
}

export function mention(kind: 'user' | 'role' | 'channel', id: string): Markup {
  const sign = { user: '@', role: '@&', channel: '#' }[kind];
  return { markup: `<${sign}${id}>` };
}

/** A short piece of data in monospace; backticks inside cannot end it. */
export function code(text: string): Markup {
  return { markup: `\`${text.toWellFormed().replaceAll('`', 'ˋ').replaceAll('\n', ' ') || ' '}\`` };
}

/**
 * Strangers' text in which no address can be clicked, which Discord makes a link of wherever it stands: an address alone
 * is set in monospace, one among words loses its sign to an escape.
 */
export function unlinked(text: string): Markup {
  if (/^\S*:\/\/\S*$/.test(text)) return code(text);
  return markup(escapeMarkdown(text).replaceAll('://', ':\\//'));
}

/** The same for the values of a text that were taken out of a stranger's file. */
export function unlinkedIn(params: Readonly<Record<string, string | number>>): Params {
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : unlinked(value),
  ]);
  return Object.fromEntries(values);
}

/** Who reads: which catalogue, in which language. */
export interface Reader {
  readonly i18n: I18n;
  readonly locale: string;
}

/** What the words are in the reader's language, as Discord markdown. */
export function render(words: Words, reader: Reader): string {
  if (typeof words === 'string') return escapeMarkdown(words);
  if ('markup' in words) return words.markup;
  if ('list' in words) return words.list.map((one) => render(one, reader)).join(', ');
  if (!('key' in words)) return spoken(words, reader);
  return reader.i18n.t(words.key, paramsFor(words.params, reader), reader.locale);
}

/** Commands stand in monospace. */
function spoken(words: Spoken, reader: Reader): string {
  const said = speak(words, reader);
  return 'command' in words && words.option === undefined ? code(said).markup : escapeMarkdown(said);
}

/** The same without markdown: for names, labels and placeholders, which Discord shows as they are. */
export function renderPlain(words: Words, reader: Reader): string {
  if (typeof words === 'string') return words.toWellFormed();
  if ('markup' in words) return words.markup;
  if ('list' in words) return words.list.map((one) => renderPlain(one, reader)).join(', ');
  if (!('key' in words)) return speak(words, reader);
  const params = Object.entries(words.params ?? {}).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : renderPlain(value, reader),
  ]);
  return reader.i18n.t(words.key, Object.fromEntries(params), reader.locale);
}

function paramsFor(params: Params | undefined, reader: Reader): Record<string, string | number> {
  const rendered = Object.entries(params ?? {}).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : render(value, reader),
  ]);
  return Object.fromEntries(rendered);
}

/** Strangers' text shown as it was written. Lone surrogates become U+FFFD: Discord refuses them. */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\`*_~|<>[\]]/g, '\\$&')
    .replace(/^([#-])/gm, '\\$1');
}

/** At most `max` UTF-16 units, never cutting a character in half; an ellipsis shows that something is missing. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.charCodeAt(max - 2) >= 0xd800 && text.charCodeAt(max - 2) <= 0xdbff ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

/** Words as they are stored: they are plain data. */
export function asData(words: Words): JSONValue {
  return words as JSONValue;
}
