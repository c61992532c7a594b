/** Where something stands in a text, as editors count: both from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeAt(text: string, at: number): Place {
  let line = 1;
  let begin = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', begin)) {
    line++;
    begin = end + 1;
  }
  return { line, column: at - begin + 1 };
}

/** Where the value at `path` stands in a sound JSON text: its key, or itself in an array. As far as the path leads. */
export function offsetOf(text: string, path: readonly (string | number)[]): number {
  let at = spaceEnd(text, 0);
  let shown = at;
  for (const step of path) {
    const found = typeof step === 'number' ? elementAt(text, at, step) : propertyAt(text, at, step);
    if (!found) break;
    shown = found.shown;
    at = found.value;
  }
  return shown;
}

interface FoundAt {
  readonly shown: number;
  readonly value: number;
}

function elementAt(text: string, array: number, index: number): FoundAt | undefined {
  if (text[array] !== '[') return undefined;
  let at = spaceEnd(text, array + 1);
  for (let passed = 0; passed < index && text[at] !== ']'; passed++) at = nextItem(text, valueEnd(text, at));
  return text[at] === ']' ? undefined : { shown: at, value: at };
}

/** Of a property that stands there twice the last, which is the one that counts. */
function propertyAt(text: string, object: number, key: string): FoundAt | undefined {
  if (text[object] !== '{') return undefined;
  let found: FoundAt | undefined;
  let at = spaceEnd(text, object + 1);
  while (text[at] === '"') {
    const end = valueEnd(text, at);
    const value = spaceEnd(text, spaceEnd(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === key) found = { shown: at, value };
    at = nextItem(text, valueEnd(text, value));
  }
  return found;
}

/** The item behind the comma that stands here, or the bracket that closes. */
function nextItem(text: string, end: number): number {
  const at = spaceEnd(text, end);
  return text[at] === ',' ? spaceEnd(text, at + 1) : at;
}

function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function valueEnd(text: string, from: number): number {
  if (text[from] === '"') return stringEnd(text, from);
  if (text[from] !== '{' && text[from] !== '[') {
    const rest = /[^,\]}\s]*/y;
    rest.lastIndex = from;
    return from + (rest.exec(text)?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') at = stringEnd(text, at) - 1;
    else if (letter === '{' || letter === '[') depth++;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
