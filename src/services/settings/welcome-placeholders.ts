/** What may stand in braces in words of welcome; `channel` takes the name or the id of one behind a colon. */
export const WELCOME_PLACEHOLDERS = ['member', 'name', 'server', 'count', 'line', 'channel'] as const;
export type WelcomePlaceholder = (typeof WELCOME_PLACEHOLDERS)[number];

const BRACES = /\{[^{}]*\}|[{}]/g;
const PLACEHOLDER = /^\{\s*(\w+)\s*(?::\s*#?([^{}]*?)\s*)?\}$/;

/** Whether all that stands in braces can be filled in. */
export function canBeFilled(template: string): boolean {
  return (template.match(BRACES) ?? []).every((part) => readPlaceholder(part) !== undefined);
}

/** A text with what stands in braces filled in. What is no placeholder stays as it is. */
export function filledWith(template: string, fill: (name: WelcomePlaceholder, which: string) => string): string {
  return template.replaceAll(BRACES, (part) => {
    const read = readPlaceholder(part);
    return read ? fill(read.name, read.which) : part;
  });
}

function readPlaceholder(part: string): { readonly name: WelcomePlaceholder; readonly which: string } | undefined {
  const [, word = '', which = ''] = PLACEHOLDER.exec(part) ?? [];
  const name = WELCOME_PLACEHOLDERS.find((one) => one === word.toLowerCase());
  return name !== undefined && (name === 'channel') === (which !== '') ? { name, which } : undefined;
}
