/** An escape as it stands in a pattern, and what the engine calls it. */
export interface Escape {
  readonly length: number;
  readonly means: string;
}

const HIGH = /^\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/;
const UNIT = /^\\u([\da-fA-F]{4})/;
const CODE_POINT = /^\\u(\{[\da-fA-F]{1,6}\})/;
const CONTROL = /^\\c([a-zA-Z])/;
/** `\p{Script=Greek}` and kin; the engine knows the value alone. */
const PROPERTY = /^\\([pP])\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=([\w ]{1,40})\}/;

/** Reads the escape that `rest` begins with, from JavaScript's spelling into the engine's. */
export function readEscape(rest: string, inClass: boolean): Escape {
  const [pair, high, low] = HIGH.exec(rest) ?? [];
  if (pair && high && low) {
    const whole = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)).codePointAt(0) ?? 0;
    return { length: pair.length, means: `\\x{${whole.toString(16)}}` };
  }
  const [unit, hex] = UNIT.exec(rest) ?? [];
  if (unit && hex) return { length: unit.length, means: `\\x{${hex}}` };
  const [point, braced] = CODE_POINT.exec(rest) ?? [];
  if (point && braced) return { length: point.length, means: `\\x${braced}` };
  const [control, letter] = CONTROL.exec(rest) ?? [];
  if (control && letter) return { length: control.length, means: `\\x{${(letter.charCodeAt(0) % 32).toString(16)}}` };
  const [property, sign, value] = PROPERTY.exec(rest) ?? [];
  if (property && sign && value) return { length: property.length, means: `\\${sign}{${value}}` };
  if (inClass && rest.startsWith('\\b')) return { length: 2, means: '\\x{8}' };
  const escaped = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  return { length: 1 + escaped.length, means: `\\${escaped}` };
}
