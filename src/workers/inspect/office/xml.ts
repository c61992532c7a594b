import { SaxesParser } from 'saxes';
import { BotError } from '../../../lib/errors.ts';
import type { Budget } from '../budget.ts';

/** An element as it opens; names are without their prefixes, which anybody may choose. */
export interface Element {
  readonly name: string;
  /** The value of an attribute, by its name without prefix. */
  readonly get: (name: string) => string | undefined;
}

export interface Handlers {
  readonly open?: (element: Element) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** It is no XML from there on; what came before was handled. */
export class XmlError extends BotError {}

/** In characters: the clock is looked at between two pieces. */
const PIECE = 32_768;
const DEEPEST = 1_000;
/** One tag may have many attributes, and none needs many. */
const MOST_ATTRIBUTES = 500;
/** Of one text between two tags; what anybody wants of it is less. */
const LONGEST_TEXT = 20_000;
/**
 * Stands for `&` while the parser is at work, so that it meets no references at all: each would cost it a hundred
 * bytes of memory until the text ends. A control that no document has, and one byte wide.
 */
const REFERENCE = '\u0086';
/** The parser looks at each of these by itself, and none of them says anything here that a space does not. */
const LINE_ENDS = /[\t\r\n]+/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads XML from front to back. Entities that a document defines are not expanded, they are errors: documents of Office
 * have no document type, and those that have one are after something. Stops where `done` says so.
 */
export function readXml(whole: string, budget: Budget, handlers: Handlers, done: () => boolean = () => false): void {
  const parser = new SaxesParser<{ xmlns: false; fragment: false }>({ xmlns: false, fragment: false });
  const text = withoutAsides(whole).replaceAll('&', REFERENCE).replace(LINE_ENDS, ' ');
  let [depth, attributes] = [0, 0];
  parser.on('error', (error) => {
    throw new XmlError(error.message.slice(0, 100));
  });
  parser.on('doctype', () => {
    throw new XmlError('a document type');
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    if (++depth > DEEPEST) throw new XmlError('nested too deep');
  });
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) throw new XmlError('too many attributes');
  });
  parser.on('opentag', ({ name, attributes: all }) =>
    handlers.open?.({ name: local(name), get: (wanted) => attribute(all, wanted) }),
  );
  parser.on('closetag', ({ name }) => {
    depth--;
    handlers.close?.(local(name));
  });
  const onText = handlers.text;
  if (onText) {
    parser.on('text', (piece) => onText(decoded(piece.slice(0, LONGEST_TEXT))));
    parser.on('cdata', (piece) => onText(piece.slice(0, LONGEST_TEXT).replaceAll(REFERENCE, '&')));
  }
  for (let at = 0; at < text.length && !done(); at += PIECE) {
    budget.checkTime();
    parser.write(text.slice(at, at + PIECE));
  }
  if (!done()) parser.close();
}

function decoded(text: string): string {
  return unescaped(text.replaceAll(REFERENCE, '&'));
}

/** The five references that every document has, and characters by their number; others stay as they are. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (_, tens, hex, name) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? '';
    const code = tens ? Number(tens) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attribute(attributes: Readonly<Record<string, string>>, wanted: string): string | undefined {
  const name = Object.hasOwn(attributes, wanted)
    ? wanted
    : Object.keys(attributes).find((one) => local(one) === wanted);
  const value = name === undefined ? undefined : attributes[name];
  return value === undefined ? undefined : decoded(value.slice(0, LONGEST_TEXT));
}

const LONGEST_LITERAL = 65_536;
const ASIDE = /<!--|<\?|<!\[CDATA\[/g;
const ENDS: Readonly<Record<string, string>> = { '<!--': '-->', '<?': '?>', '<![CDATA[': ']]>' };

/** Comments, instructions and overlong literals say nothing, and cost the parser more than all else. */
function withoutAsides(text: string): string {
  let out = '';
  let at = 0;
  ASIDE.lastIndex = 0;
  for (let found = ASIDE.exec(text); found; found = ASIDE.exec(text)) {
    const [start] = found;
    const mark = ENDS[start] ?? '';
    const end = text.indexOf(mark, found.index + start.length);
    const stop = end === -1 ? text.length : end + mark.length;
    ASIDE.lastIndex = stop;
    if (start === '<![CDATA[' && stop - found.index < LONGEST_LITERAL) continue;
    out += text.slice(at, found.index);
    at = stop;
  }
  return at === 0 ? text : out + text.slice(at);
}

/** UTF-8, or UTF-16 by its mark: documents may be in either. */
export function xmlText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
