import { blockBehind } from './secret-blocks.ts';
import { type Secret, type SecretKind, slashesAfter, tokenAt, wordEnd } from './secret-tokens.ts';

/** What a name ends with whose value is nobody's business. */
const SECRET_NAME =
  /[a-z\d][_.-]pass$|(?:^|[^a-z])(?:pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|secret|private|auth|signing|encryption|account|client)[ _.-]?key|authorization)$/i;
const CAMEL_NAME = /(?:Pass(?:word|wd|phrase)?|Pwd|Secret|Token|(?:Api|Access|Secret|Private|Auth|Account)Key)$/;
const PASSWORD = /(?:pass(?:word|wd|phrase)?|pwd)$/i;
/** What a value is not that a name of a password is given: another name, a path, an address, a place to fill in. */
const STAND_INS: readonly RegExp[] = [
  /^(?:null|nil|none|true|false|undefined|process|os|env|config|self|this|redacted|hidden|required|optional|string|varchar|text|xxx+)(?:$|[\W_])/i,
  /^(?:pass(?:word|wd|phrase)?|pwd|secret|token|your|my|change|example|insert|enter)(?:me|pass|secret|token|key|api|strong)?(?:$|[\W_])/i,
  /^\$(?:[({[]|[A-Za-z_]+\d{0,3}(?:$|[-.[:/)}"'?@])|[A-Z\d]*_[A-Z\d_]*$)/,
  /^%(?:\w{1,60}%|[sdvq]\b|[({])/,
  /^(?:<.*>|\{.*\}|\[.*\]|\(.*\))$/,
  /^(?:[*•.xX#-]+$|[*•.]{3})/,
  /^(?:\.{0,2}\/[\w.-]*(?:$|[/:])|[A-Z]:\\|https?:)/i,
];
/** Without quotes there are also the signs of YAML, of programs and of comments, and names that a program gives to a value. */
const PLAIN_STAND_INS: readonly RegExp[] = [
  /^[<{[(]/,
  /^(?:[&!@*.#][a-z_.-]*|#[\da-f]{3,8})$/i,
  /^(?:pass(?:word|wd|phrase)?|pwd|secret|token|config|text|string|my|your)(?:[a-z_]*$|\d?$|\w{0,60}(?:[.[]|->|::))/i,
];
/** What a token or a key does not begin with. */
const NO_TOKEN =
  /^(?:[$%<{[(*•.&!@#]|null|nil|none|true|false|undefined|xxx|your|change|example|process\.|os\.|env\b|config|self\.|this\.|redacted|hidden|required|optional|string|varchar|text|password|secret|token|\/|[A-Z]:\\)/i;
/** What stands in addresses that explain how an address is written. */
const EXAMPLE = /^(?:[$<{[(*•].*|x{3,}|pass(?:word|wd)?|pw|secret|your.*|changeme|postgres)$/i;
/** The letters that such names end with. */
const LAST = new Set([...'dDsSeEtTnNyY'].map((char) => char.charCodeAt(0)));
const LONGEST_NAME = 40;
const LONGEST_VALUE = 300;
const QUOTES = '"\'`';

/** Whether a column or a key of this name holds secrets. */
export function isSecretName(name: string): boolean {
  const short = name.trim().slice(-LONGEST_NAME);
  return SECRET_NAME.test(short) || CAMEL_NAME.test(short);
}

/**
 * What the `=` or `:` at this place, or the `>` of a tag, gives to a name that says it is secret, or the password in an
 * address.
 */
export function assigned(text: string, at: number): Secret | undefined {
  const sign = text.charCodeAt(at);
  const address = sign === 58 ? slashesAfter(text, at + 1, 2) : undefined;
  if (address !== undefined) return inAddress(text, address);
  const direct = nameBefore(text, at);
  const name = direct !== undefined && /^value$/i.test(direct) ? namedBefore(text, at) : direct;
  if (name === undefined || !isSecretName(name)) return undefined;
  if (sign === 62 && text.charCodeAt(at - name.length - 1) !== 60) return undefined; // no tag
  const block = sign === 62 ? undefined : blockBehind(text, at);
  if (block) return { kind: secretAmong(name, block.lines), start: block.start, end: block.end };
  const found = valueAfter(text, at + 1);
  if (!found) return undefined;
  const { start, end, quoted } = found;
  const token = tokenAt(text, start, wordEnd(text, start)); // says more than the name does
  if (token) return { ...token, end: Math.max(token.end, end) };
  const value = text.slice(start, end);
  if (!PASSWORD.test(name)) return isToken(value) ? { kind: kindOf(name), start, end } : undefined;
  // Words in quotes are a password or a sentence about one: they are not shown, and nobody is suspected for them.
  if (quoted && /\S\s+\S/.test(value)) return /^[<{[(%$]/.test(value) ? undefined : { kind: undefined, start, end };
  if (standsIn(value, quoted)) return undefined;
  const plainly = quoted || (sign !== 58 && start === at + 1);
  return isPassword(value, plainly, quoted) ? { kind: kindOf(name), start, end } : undefined;
}

/** Which kind of secret is in a column or under a key of this name, if one of its values is more than a word. */
export function secretAmong(name: string, values: Iterable<string>): SecretKind | undefined {
  if (!isSecretName(name)) return undefined;
  const password = PASSWORD.test(name);
  for (const value of values) {
    const found = password ? !standsIn(value, true) && isPassword(value, false, true) : isToken(value);
    if (found) return kindOf(name);
  }
  return undefined;
}

function standsIn(value: string, quoted: boolean): boolean {
  const patterns = quoted ? STAND_INS : [...STAND_INS, ...PLAIN_STAND_INS];
  return patterns.some((pattern) => pattern.test(value));
}

function kindOf(name: string): SecretKind {
  if (PASSWORD.test(name)) return 'password';
  return /aws|secret[ _.-]?access[ _.-]?key/i.test(name) ? 'awsKey' : 'otherKey';
}

/** `postgres://user:password@host`: a scheme, a name and a password. */
function inAddress(text: string, from: number): Secret | undefined {
  let [colon, last] = [-1, -1];
  for (let at = from; at < text.length && at - from < 300; at++) {
    const char = text[at] ?? '';
    if (char === ':' && colon === -1) colon = at;
    // The name of a host has none, a password may.
    if (char === '@') last = at;
    if (char <= ' ' || '/?#"\'<>`'.includes(char)) break;
  }
  if (colon === -1 || last < colon) return undefined;
  const value = text.slice(colon + 1, last);
  return value.length > 0 && !EXAMPLE.test(value)
    ? { kind: 'connectionString', start: colon + 1, end: last }
    : undefined;
}

/** The name that something is given to: `"name" : `, `name=`, `name := `. */
function nameBefore(text: string, at: number): string | undefined {
  let end = at;
  for (let skipped = 0; skipped < 3 && end > 0; skipped++) {
    const code = text.charCodeAt(end - 1);
    if (code !== 32 && code !== 34 && code !== 39 && code !== 58 && code !== 93) break;
    end--;
  }
  if (!LAST.has(text.charCodeAt(end - 1))) return undefined;
  let start = end - 1;
  while (start > 0 && end - start < LONGEST_NAME && isNameChar(text.charCodeAt(start - 1))) start--;
  if (end - start === 3 && text.charCodeAt(start - 1) === 32) return keyOfWords(text, end);
  const escaped = text.charCodeAt(start - 1) === 92 && /[nrt]/.test(text[start] ?? ''); // a line end in a string of JSON
  return end - start < 3 ? undefined : text.slice(escaped ? start + 1 : start, end);
}

/** `Secret access key`, as people write it; `pwd` and the like are names by themselves. */
function keyOfWords(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - 30), end).replace(/\\[nrt]/g, '\n'); // a line end in a string of JSON
  return /(?:[A-Za-z]{1,10} ){1,2}key$/i.exec(before)?.[0] ?? text.slice(end - 3, end);
}

/** Settings whose name is a value itself: `key="DbPassword" value=`, `- name: DB_PASSWORD` and `value:` below it. */
function namedBefore(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - 160), at).replace(/["']?value["']?\s{0,3}$/i, '');
  if (/<(?:input|button|option|a|meta)\b[^<>]*$/i.test(before)) return undefined; // of a form
  return /(?:key|name)["']?\s{0,3}[:=]\s{0,3}["']?([\w.:-]{1,60})["']?,?\s{1,40}$/i.exec(`${before} `)?.[1];
}

function isNameChar(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

function valueAfter(text: string, from: number): Value | undefined {
  let start = from;
  while (start - from < 3 && (text[start] === ' ' || text[start] === '>' || text[start] === '\t')) start++;
  const scheme = /^(?:Bearer|Basic|Bot|Token) /i.exec(text.slice(start, start + 7))?.[0].length ?? 0;
  start += scheme;
  const opening = text[start] ?? '';
  if (opening === '=' || opening === ':') return undefined;
  if (opening !== '' && QUOTES.includes(opening)) {
    const end = closing(text, start + 1, opening);
    return end === undefined ? undefined : { start: start + 1, end, quoted: true };
  }
  let end = start;
  while (end < text.length && end - start < LONGEST_VALUE && !endsValue(text.charCodeAt(end))) end++;
  while (end > start && '.!?:'.includes(text[end - 1] ?? '')) end--;
  return end > start ? { start, end, quoted: false } : undefined;
}

/** The quote that closes; a line end or too long a way means that this was none. */
function closing(text: string, from: number, quote: string): number | undefined {
  for (let at = from; at < text.length && at - from < LONGEST_VALUE; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === quote) return at;
    else if (char === '\n') return undefined;
  }
  return undefined;
}

/** White space, `,` `;` `&` `"` `'` `)` `<` `>` `|`. */
function endsValue(code: number): boolean {
  return (
    code <= 32 ||
    code === 44 ||
    code === 59 ||
    code === 38 ||
    code === 34 ||
    code === 39 ||
    code === 41 ||
    code === 60 ||
    code === 62 ||
    code === 124
  );
}

/** `plainly`: given as a value is given in a program or a setting, not as a word that follows a colon in prose. */
function isPassword(value: string, plainly: boolean, quoted: boolean): boolean {
  const calls = quoted ? value.endsWith(')') : value.includes('(');
  if (value.length < (plainly ? 4 : 6) || calls || /\s/.test(value)) return false;
  return plainly || /\d|[^\w\s]/.test(value) || /[a-z][A-Z]/.test(value);
}

function isToken(value: string): boolean {
  return (
    value.length >= 12 &&
    !NO_TOKEN.test(value) &&
    /^[\w.~+/=:-]+$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value)
  );
}
