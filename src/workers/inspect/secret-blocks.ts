export interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** No key or password is longer. */
const LONGEST = 20_000;
const QUOTES = 3;

/** A value of several lines behind the `:` or `=` at this place: a block of YAML (`|`, `>`), or a string in three quotes. */
export function blockBehind(text: string, at: number): Block | undefined {
  const head = /^[ \t]{0,9}(?:("""|''')|[|>][-+\d]{0,2}[ \t]{0,9}(?:#[^\n]{0,80})?\r?\n)/.exec(
    text.slice(at + 1, at + 120),
  );
  if (!head) return undefined;
  const from = at + 1 + head[0].length;
  const end = head[1] === undefined ? indentedEnd(text, at, from) : quotedEnd(text, from, head[1]);
  if (end === undefined) return undefined;
  const start = from + (/^\s{0,200}/.exec(text.slice(from, Math.min(end, from + 200)))?.[0].length ?? 0);
  if (start >= end || isBlotted(text.slice(start, end))) return undefined;
  return {
    start,
    end,
    lines: text
      .slice(start, end)
      .split('\n')
      .map((line) => line.trim()),
  };
}

/** Nothing but stars is left, and the numbers of lines that an excerpt has. */
export function isBlotted(text: string): boolean {
  return text.includes('*') && !/[^\s\d|>*…]/.test(text);
}

function quotedEnd(text: string, from: number, quotes: string): number | undefined {
  const end = text.slice(from, from + LONGEST + QUOTES).indexOf(quotes);
  return end === -1 ? undefined : from + end;
}

/** Where the lines end that go further to the right than the line of the key. */
function indentedEnd(text: string, at: number, from: number): number | undefined {
  const outside = indentOf(text, text.lastIndexOf('\n', at) + 1);
  let [end, start] = [from, from];
  while (start < text.length && start - from < LONGEST) {
    const next = text.indexOf('\n', start);
    const stop = Math.min(next === -1 ? text.length : next, from + LONGEST);
    const blank = text.slice(start, stop).trim() === '';
    if (!blank && indentOf(text, start) <= outside) break;
    if (!blank) end = stop;
    start = stop + 1;
  }
  return end > from ? end : undefined;
}

function indentOf(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 && at - from < LONGEST) at++;
  return at - from;
}
