import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Choosable } from '../listbox.ts';
import type { Page } from '../page.ts';
import { hex } from './names.ts';

const CATEGORY = 4;

/** The members of the server, by name, as choices. */
export function people({ names, store }: Page): Choosable[] {
  const members = [...(names.guild()?.members.values() ?? [])];
  return members
    .map(({ user }) => ({
      value: user.id,
      label: names.user(user.id),
      detail: user.username,
      colour: names.colour(user.id),
      picture: h('img', { class: 'choice-avatar', src: names.avatar(user.id, 32), alt: '' }),
      aside: user.id === store.me?.id ? 'you' : undefined,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Roles, channels, or people and roles, as choices. */
export function candidates(
  page: Page,
  kind: 'role' | 'mentionable' | 'channel',
  channelTypes?: readonly number[],
): Choosable[] {
  if (kind === 'channel') return channels(page, channelTypes);
  const roles = [...(page.names.guild()?.roles.values() ?? [])]
    .sort((a, b) => b.position - a.position)
    .map((role) => ({
      value: role.id,
      label: role.name.startsWith('@') ? role.name : `@${role.name}`,
      colour: role.color ? hex(role.color) : undefined,
    }));
  return kind === 'role' ? roles : [...people(page), ...roles];
}

function channels({ store, names }: Page, types: readonly number[] | undefined): Choosable[] {
  return [...store.channels.values()]
    .filter(
      ({ guild_id, type }) =>
        guild_id === names.guild()?.id && (types?.length ? types.includes(type) : type !== CATEGORY),
    )
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ id, name, parent_id, type }) => ({
      value: id,
      label: name ?? 'channel',
      detail: store.channels.get(parent_id ?? '')?.name,
      picture: icon(type === 2 ? ICONS.voice : ICONS.hash, 18),
    }));
}
