const NEWLINE = 10;
const BRACKET = 91;
const SPACES = new Set([9, NEWLINE, 13, 32, 0xef, 0xbb, 0xbf]); // a mark of UTF-8 may come first

/** Some lines of a file. */
export interface Lines {
  /** What stands in them; nothing where a line is empty. */
  readonly texts: readonly string[];
  /** Where in the file the next one begins, in bytes; nothing at its end. */
  readonly next: number | undefined;
}

/** The lines of a file from a byte on, no more than so many. What is no UTF-8 is read as far as it can be. */
export function linesFrom(file: SharedArrayBuffer, from: number, most: number): Lines {
  const bytes = new Uint8Array(file);
  let end = from;
  for (let lines = 0; lines < most && end < bytes.length; lines++) {
    const found = bytes.indexOf(NEWLINE, end);
    end = found < 0 ? bytes.length : found + 1;
  }
  const text = new TextDecoder().decode(bytes.slice(from, end)); // decoders take no shared memory
  const whole = text.endsWith('\n') ? text.slice(0, -1) : text;
  return { texts: whole.split(/\r?\n/), next: end < bytes.length ? end : undefined };
}

/** How many lines a file has, as far as it matters: no more than one beyond `most` are counted. */
export function countLines(file: SharedArrayBuffer, most: number): number {
  const bytes = new Uint8Array(file);
  let lines = 0;
  for (let from = 0; from < bytes.length && lines <= most; lines++) {
    const found = bytes.indexOf(NEWLINE, from);
    from = found < 0 ? bytes.length : found + 1;
  }
  return lines;
}

/** The texts of a file that is an array of JSON; nothing where it is none. */
export function textsIn(file: SharedArrayBuffer): readonly string[] | undefined {
  const bytes = new Uint8Array(file);
  if (bytes.find((byte) => !SPACES.has(byte)) !== BRACKET) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes.slice()));
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
  } catch {
    return undefined; // a first line may begin with a bracket
  }
}
