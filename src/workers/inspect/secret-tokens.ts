import type { Report } from './report.ts';
import { isBlotted } from './secret-blocks.ts';

export type SecretKind = Report['secrets'][number];

/** A secret from `start` to `end`; without a kind it is something that had better not be shown, and no more is said of it. */
export interface Secret {
  readonly kind: SecretKind | undefined;
  readonly start: number;
  readonly end: number;
}

/** Tokens that tell what they are by their beginning, and how long they are at the least. */
const PREFIXES: readonly (readonly [prefix: string, kind: SecretKind, length: number])[] = [
  ['ghp_', 'githubToken', 24],
  ['gho_', 'githubToken', 24],
  ['ghu_', 'githubToken', 24],
  ['ghs_', 'githubToken', 24],
  ['ghr_', 'githubToken', 24],
  ['github_pat_', 'githubToken', 30],
  ['glpat-', 'gitlabToken', 20],
  ['xoxa-', 'slackToken', 20],
  ['xoxb-', 'slackToken', 20],
  ['xoxe-', 'slackToken', 20],
  ['xoxp-', 'slackToken', 20],
  ['xoxr-', 'slackToken', 20],
  ['xoxs-', 'slackToken', 20],
  ['xapp-', 'slackToken', 20],
  ['AIza', 'googleKey', 35],
  ['GOCSPX-', 'googleKey', 24],
  ['sk-', 'aiKey', 32],
  ['sk_live_', 'stripeKey', 20],
  ['rk_live_', 'stripeKey', 20],
  ['npm_', 'npmToken', 30],
  ['hf_', 'aiKey', 30],
];
/** By their first character, so that a word is compared with a few only. */
const BY_FIRST = new Map<number, (typeof PREFIXES)[number][]>();
for (const one of PREFIXES) {
  const first = one[0].charCodeAt(0);
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), one]);
}
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;
/** No token is longer; what goes on after that is data. */
const LONGEST = 4_000;
/** Tokens that have no dash themselves are at least so long. */
const SHORTEST_PREFIXED = 30;
/** A PEM block of the largest keys in use. */
const LONGEST_BLOCK = 20_000;

/** Letters, digits, `_` and `-`: what tokens are made of. */
export function isTokenChar(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 45
  );
}

/** The secret that the word from `from` to `end` is, or begins. Looks a bounded way ahead, and never twice at much. */
export function tokenAt(text: string, from: number, end: number): Secret | undefined {
  const code = text.charCodeAt(from);
  // An escaped line end in a string of JSON sticks to the word.
  const escaped = text.charCodeAt(from - 1) === 92 && (code === 110 || code === 114 || code === 116);
  const start = escaped ? from + 1 : from;
  if (text.charCodeAt(start) === 45) return blockAt(text, start, end);
  return (
    prefixed(text, start, end) ??
    mfaToken(text, start, end) ??
    discordToken(text, start, end) ??
    jwt(text, start, end) ??
    others(text, start, end) ??
    behindDash(text, start, end)
  );
}

function prefixed(text: string, start: number, end: number): Secret | undefined {
  for (const [prefix, kind, length] of BY_FIRST.get(text.charCodeAt(start)) ?? []) {
    if (!text.startsWith(prefix, start)) continue;
    const long = end - start >= length || (end - start >= prefix.length + 8 && isCut(text, end));
    if (long && end - start <= LONGEST && mixed(text, start + prefix.length, end)) return { kind, start, end };
  }
  return undefined;
}

/** `backup-ghp_…`, as files are called: a token that has no dash itself, behind the last one of the word. */
function behindDash(text: string, start: number, end: number): Secret | undefined {
  if (end - start <= SHORTEST_PREFIXED || end - start > LONGEST) return undefined;
  let from = end - 1;
  while (from > start && text.charCodeAt(from) !== DASH) from--;
  return from > start && end - from > SHORTEST_PREFIXED ? prefixed(text, from + 1, end) : undefined;
}

/** Letters and digits, as what a machine made has and a word with dashes has not: seen soon, or not at all. */
function mixed(text: string, start: number, end: number): boolean {
  const beginning = text.slice(start, Math.min(end, start + 64));
  return /\d/.test(beginning) && /[A-Za-z]/.test(beginning);
}

/** A preview that was cut here may hold the beginning of a secret. */
function isCut(text: string, end: number): boolean {
  return end >= text.length || text.charCodeAt(end) === 0x2026;
}

/** `mfa.` and 84 characters: found at either of its words, since what stands before may stick to the first. */
function mfaToken(text: string, start: number, end: number): Secret | undefined {
  const from = text.startsWith('mfa.', start) ? start : start - 4;
  if (!text.startsWith('mfa.', from)) return undefined;
  const last = wordEnd(text, from + 4);
  const long = last - from >= 80 || (end - from > 12 && isCut(text, last));
  return long && mixed(text, from + 4, last) ? { kind: 'discordToken', start: from, end: last } : undefined;
}

/** An account's number in base64, a time and a signature, with dots between them. */
function discordToken(text: string, start: number, end: number): Secret | undefined {
  const length = end - start;
  if (length < 22 || length > 30 || (text.charCodeAt(end) !== DOT && !isCut(text, end))) return undefined;
  if (!isSnowflake(text.slice(start, end))) return undefined;
  const time = wordEnd(text, end + 1);
  const last = text.charCodeAt(time) === DOT ? wordEnd(text, time + 1) : time;
  const whole = time - end - 1 >= 5 && time - end - 1 <= 8 && last - time > 24;
  return whole || isCut(text, last) ? { kind: 'discordToken', start, end: Math.min(last, text.length) } : undefined;
}

function isSnowflake(base64: string): boolean {
  return /^\d{16,20}$/.test(Buffer.from(base64, 'base64url').toString('latin1'));
}

/** Three parts in base64, the first of them JSON. */
function jwt(text: string, start: number, end: number): Secret | undefined {
  if (!text.startsWith('eyJ', start) || end - start < 10) return undefined;
  if (text.charCodeAt(end) !== DOT) return isCut(text, end) ? { kind: 'jwt', start, end } : undefined;
  const payload = wordEnd(text, end + 1);
  if (payload - end < 8 && !isCut(text, payload)) return undefined;
  const last = text.charCodeAt(payload) === DOT ? wordEnd(text, payload + 1) : payload;
  return last > payload || isCut(text, last) ? { kind: 'jwt', start, end: last } : undefined;
}

function others(text: string, start: number, end: number): Secret | undefined {
  const length = end - start;
  const code = text.charCodeAt(start);
  if (code === 65 && length === 20 && /^A(?:KIA|SIA)[A-Z0-9]{16}$/.test(text.slice(start, end)))
    return { kind: 'awsKey', start, end };
  if (length === 8 && text.startsWith('webhooks', start)) {
    const number = slashesAfter(text, end, 1);
    return number === undefined ? undefined : discordWebhook(text, number);
  }
  if (length === 5 && text.startsWith('hooks.slack.com', start)) {
    const path = slashesAfter(text, start + 15, 1);
    return path === undefined ? undefined : slackWebhook(text, path);
  }
  if (code >= 48 && code <= 57 && length >= 8 && length <= 10 && text.startsWith(':AA', end)) {
    const last = wordEnd(text, end + 1);
    const digits = /^\d+$/.test(text.slice(start, end));
    return digits && last - end >= 34 ? { kind: 'telegramToken', start, end: last } : undefined;
  }
  return undefined;
}

/** After `/webhooks/`: a number, and the token that lets anybody write there. */
function discordWebhook(text: string, from: number): Secret | undefined {
  const id = wordEnd(text, from);
  const start = slashesAfter(text, id, 1);
  if (start === undefined || !/^\d{16,20}$/.test(text.slice(from, Math.min(id, from + 21)))) return undefined;
  const end = wordEnd(text, start);
  const long = end - start > 49 || (end > start && isCut(text, end));
  return long ? { kind: 'discordWebhook', start, end } : undefined;
}

function slackWebhook(text: string, from: number): Secret | undefined {
  let end = from;
  while (end < from + 120 && (isTokenChar(text.charCodeAt(end)) || '/\\'.includes(text[end] ?? ' '))) end++;
  return end - from > 20 ? { kind: 'slackWebhook', start: from, end } : undefined;
}

/** A private key between its two lines, or as much of it as there is. */
function blockAt(text: string, from: number, end: number): Secret | undefined {
  if (!text.startsWith('-----BEGIN', from)) return undefined;
  const title = text.slice(end, end + 40);
  const named = /^ (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----/.exec(title);
  if (!named) return undefined;
  const start = end + named[0].length;
  let stop = start;
  while (stop < text.length && stop - start < LONGEST_BLOCK && !text.startsWith('-----', stop)) stop++;
  if (isBlotted(text.slice(start, stop))) return undefined;
  return { kind: 'privateKey', start, end: stop };
}

/** Where an address goes on after so many slashes; in strings of JSON they may be escaped. */
export function slashesAfter(text: string, from: number, count: number): number | undefined {
  let at = from;
  for (let slash = 0; slash < count; slash++) {
    if (text.charCodeAt(at) === BACKSLASH) at++;
    if (text.charCodeAt(at++) !== SLASH) return undefined;
  }
  return at;
}

/** Where the word that begins at `from` ends, within reason. */
export function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < LONGEST && isTokenChar(text.charCodeAt(end))) end++;
  return end;
}
