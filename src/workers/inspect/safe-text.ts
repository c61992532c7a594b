/** What could turn text around or hide it: marks of direction, and spaces of no width. */
const INVISIBLE = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const BACKTICKS = /`(?=`)/g;

/**
 * Text from a stranger's file, fit to be shown inside a code block: at most `max` UTF-16 units, cut between
 * characters, controls made visible, no direction marks, no fence that ends the block.
 */
export function safeText(text: string, max: number): string {
  // Escaping makes text longer, never shorter: what is beyond twice the limit cannot be seen.
  const shown = text
    .slice(0, max * 2)
    .toWellFormed()
    .replace(CONTROL, visible)
    .replace(INVISIBLE, '·')
    .replace(BACKTICKS, '`\u200b');
  return shown.length <= max && text.length <= max * 2 ? shown : `${cut(shown, max - 1)}…`;
}

/** The first `max` units, one fewer where that would split a character in two. */
export function cut(text: string, max: number): string {
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? max - 1 : max);
}

/** The first lines, each of them safe and of bounded length. */
export function safeLines(text: string, { lines, width }: { readonly lines: number; readonly width: number }): string {
  const shown: string[] = [];
  for (const line of linesOf(text)) {
    if (shown.length === lines) break;
    shown.push(safeText(line, width));
  }
  return shown.join('\n');
}

/** The lines of a text one after another, without their ends: nothing is copied that is not asked for. */
export function* linesOf(text: string): Generator<string, void, undefined> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end === -1 ? text.length : end;
    yield text.slice(start, text.charCodeAt(stop - 1) === 13 && stop > start ? stop - 1 : stop);
    start = stop + 1;
  }
}

/** Control pictures: U+2400 and up for the old ones, a dot for the rest. */
function visible(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 32) return String.fromCharCode(0x2400 + code);
  return code === 127 ? '␡' : '·';
}
