const LINE = 300;

/** A text that fits into an answer: of one line unless more than 300 characters are wanted, cut where it is too long. */
export function short(text: string | null | undefined, max = LINE): string {
  const whole = (text ?? '').trim();
  const line = max > LINE ? whole : whole.replace(/\s+/g, ' ');
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}
