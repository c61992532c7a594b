/** A text cut into lines: where each begins, and a number that equal lines share. */
export interface Lines {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly length: number;
}

/** How many lines a text has; nothing is a text of no line. */
export function countLines(text: string): number {
  let lines = 0;
  for (let start = 0; start < text.length; lines++) {
    const end = text.indexOf('\n', start);
    start = end === -1 ? text.length : end + 1;
  }
  return lines;
}

/** Two texts that share their numbers. A carriage return at the end of a line is no part of it. */
export function numbered(before: string, after: string, tick: () => void): readonly [Lines, Lines] {
  const known = new Map<string, number>();
  return [linesOf(before, known, tick), linesOf(after, known, tick)];
}

function linesOf(text: string, known: Map<string, number>, tick: () => void): Lines {
  const length = countLines(text);
  const [starts, ids] = [new Int32Array(length + 1), new Int32Array(length)];
  let start = 0;
  for (let line = 0; line < length; line++) {
    if ((line & 8_191) === 0) tick();
    starts[line] = start;
    const content = lineAt(text, start);
    const id = known.get(content) ?? known.size;
    if (id === known.size) known.set(content, id);
    ids[line] = id;
    const end = text.indexOf('\n', start);
    start = end === -1 ? text.length : end + 1;
  }
  starts[length] = text.length;
  return { starts, ids, length };
}

/** The line that begins at `start`, without its end. */
export function lineAt(text: string, start: number): string {
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  return text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
}
