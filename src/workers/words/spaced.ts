export const SPACE = 0x20;

/** A text in which every run of white space is one space, so that words apart are words apart, however far. */
export interface Spaced {
  /** Units; behind `length` there is nothing. */
  readonly units: Uint16Array;
  readonly length: number;
  /** Where each unit stands in the text, and where the text ends. */
  readonly from: Int32Array;
}

export function spaced(text: string): Spaced {
  const units = new Uint16Array(text.length);
  const from = new Int32Array(text.length + 1);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const space = isSpace(unit);
    if (space && length > 0 && units[length - 1] === SPACE) continue;
    from[length] = at;
    units[length++] = space ? SPACE : unit;
  }
  from[length] = text.length;
  return { units, length, from };
}

/** The same for what is looked for. */
export function spacedWords(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

/** White space as Unicode and JavaScript have it. */
function isSpace(unit: number): boolean {
  if (unit <= SPACE) return unit === SPACE || (unit >= 9 && unit <= 13);
  if (unit < 0x1680) return unit === 0xa0;
  if (unit <= 0x200a) return unit >= 0x2000 || unit === 0x1680;
  return unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000 || unit === 0xfeff;
}
