/** What may stand in braces in what a member is told, to be filled in for each. */
export const PLACEHOLDERS = ['server', 'reason', 'duration', 'until', 'case', 'moderator', 'appeal'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A piece of such a text: itself, or what is to be filled in. */
export type Piece = { readonly text: string } | { readonly placeholder: Placeholder };

const BRACES = /(\{[^{}]*\}|[{}])/;

/** The first thing in braces that is no placeholder, as it stands there; nothing where all are. */
export function badPlaceholder(template: string): string | undefined {
  return template.split(BRACES).find((part) => BRACES.test(part) && placeholderIn(part) === undefined);
}

/** A text in pieces. What is no placeholder stays as it is. */
export function piecesOf(template: string): readonly Piece[] {
  return template.split(BRACES).map((text) => {
    const placeholder = placeholderIn(text);
    return placeholder === undefined ? { text } : { placeholder };
  });
}

function placeholderIn(part: string): Placeholder | undefined {
  const name = /^\{\s*(\w+)\s*\}$/.exec(part)?.[1]?.toLowerCase();
  return PLACEHOLDERS.find((placeholder) => placeholder === name);
}
