import { code, type Markup, markup, mention } from '../answers/words.ts';

/** Somebody, also by a name that is still read when Discord knows nobody by the id any more. */
export function person(id: string, name?: string): Markup {
  return withName(mention('user', id), name);
}

/** A channel, also by its name: for one that is gone. */
export function channelNamed(id: string, name?: string | null): Markup {
  return withName(mention('channel', id), name === undefined || name === null ? undefined : `#${name}`);
}

/** A role, also by its name. */
export function roleNamed(id: string, name?: string): Markup {
  return withName(mention('role', id), name);
}

function withName(shown: Markup, name: string | undefined): Markup {
  return name === undefined ? shown : markup(`${shown.markup} (${code(name).markup})`);
}

/** Where a channel or a message of a server is. */
export function linkTo(...ids: readonly string[]): string {
  return `https://discord.com/channels/${ids.join('/')}`;
}
