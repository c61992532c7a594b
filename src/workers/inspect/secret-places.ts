import { type Secret, wordEnd } from './secret-tokens.ts';

const LONGEST_LINE = 200;
const BACKSLASH = 92;
const LONGEST_BLOCK = 20_000;

/** What is a secret only because of the words around it: in `.netrc`, after `curl -u`, in keys of PuTTY and SendGrid. */
export function inPlace(text: string, from: number, end: number): Secret | undefined {
  const escaped = text.charCodeAt(from - 1) === BACKSLASH && /[nrt]/.test(text[from] ?? ''); // a line end in a string
  const start = escaped ? from + 1 : from;
  if (text.startsWith('-u', start)) return afterUser(text, start, start + 2);
  if (text.startsWith('--user', start) && end - start === 6) return afterUser(text, start, end);
  switch (end - start) {
    case 8:
      return text.startsWith('password', start) ? inNetrc(text, start, end) : undefined;
    case 13:
      return text.startsWith('Private-Lines', start) ? ofPutty(text, end) : undefined;
    case 22:
      return text.startsWith('SG.', start - 3) ? ofSendGrid(text, start, end) : undefined;
    default:
      return undefined;
  }
}

/** `curl -u name:password`, on one line. */
function afterUser(text: string, start: number, from: number): Secret | undefined {
  if (!/(?:\b|\\[nrt])curl\b[^\n|;&]*$/.test(text.slice(Math.max(0, start - LONGEST_LINE), start))) return undefined;
  const line = text.slice(from, from + LONGEST_LINE);
  const found = /^[ =]?["']?[^\s:"'$<{]{1,60}:(?![$<{*])([^\s"']{3,100})/.exec(line);
  if (!found) return undefined;
  const end = from + found[0].length;
  return { kind: 'password', start: end - (found[1] ?? '').length, end };
}

/** `machine example.org login me password …`, on one line or several. */
function inNetrc(text: string, start: number, end: number): Secret | undefined {
  const before = text.slice(Math.max(0, start - LONGEST_LINE), start);
  if (!before.includes('login')) return undefined;
  if (
    !/(?:(?:^|[^\w.-]|\\[nrt])machine\s{1,9}\S{1,100}|(?:^|\n)\s{0,9}default)\s{1,9}login\s{1,9}\S{1,100}\s{1,9}$/.test(
      before,
    )
  )
    return undefined;
  const value = /^\s{1,9}(\S{3,100})/.exec(text.slice(end, end + LONGEST_LINE));
  return value
    ? { kind: 'password', start: end + value[0].length - (value[1] ?? '').length, end: end + value[0].length }
    : undefined;
}

/** `Private-Lines: 14`, and so many lines in base64. */
function ofPutty(text: string, from: number): Secret | undefined {
  const head = /^: \d{1,4}\r?\n/.exec(text.slice(from, from + 9))?.[0].length;
  if (head === undefined) return undefined;
  const start = from + head;
  let end = start;
  while (end < text.length && end - start < LONGEST_BLOCK && isBase64(text.charCodeAt(end))) end++;
  return end > start ? { kind: 'privateKey', start, end } : undefined;
}

/** Or the end of a line. */
function isBase64(code: number): boolean {
  const letter = code | 32;
  return (
    (letter >= 97 && letter <= 122) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 61 ||
    code === 10 ||
    code === 13
  );
}

/** `SG.`, 22 characters, a dot, and 43 more. */
function ofSendGrid(text: string, start: number, end: number): Secret | undefined {
  if (text[end] !== '.') return undefined;
  const last = wordEnd(text, end + 1);
  return last - end === 44 ? { kind: 'otherKey', start, end: last } : undefined;
}
