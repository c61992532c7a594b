import type { Part } from './syntax.ts';

/** A capital that whatever the pattern matches has: in a text of small letters it finds nothing. */
export function neededCapital(part: Part): string | undefined {
  switch (part.kind) {
    case 'letter':
      return !part.fold && part.letter !== part.letter.toLowerCase() ? part.letter : undefined;
    case 'sequence':
      return part.parts.map(neededCapital).find((letter) => letter !== undefined);
    case 'either': {
      const each = part.parts.map(neededCapital);
      return each.every((letter) => letter !== undefined) ? each[0] : undefined;
    }
    case 'repeat':
      return part.least > 0 ? neededCapital(part.part) : undefined;
    default:
      return undefined;
  }
}
