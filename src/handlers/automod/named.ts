import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Named, namedIn } from '../../services/automod/names.ts';

/** What the server has of what its rules name. */
export async function namedFor(
  { guild, guildId }: BaseInteraction,
  { automodLists }: Pick<Context, 'automodLists'>,
): Promise<Named> {
  const lists = new Set((await automodLists.of(guildId ?? '0')).map(({ name }) => name));
  return { ...namedIn(guild), hasList: (name) => lists.has(name) };
}
