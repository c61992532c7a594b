import type { Context } from '../../context.ts';
import { clip } from '../../services/answers/words.ts';
import type { Choice, Typing } from '../autocomplete.ts';
import { text } from '../options.ts';

/** The option that names a list which is there. */
export const listOption = () => text({ min: 1, max: 64, autocomplete: offerLists });

export async function offerLists(
  { typed, interaction }: Typing,
  { automodLists }: Context,
): Promise<readonly Choice[]> {
  const wanted = typed.trim().toLowerCase();
  const lists = await automodLists.of(interaction.guildId ?? '0');
  return lists
    .filter(({ name }) => name.includes(wanted))
    .map(({ name, entries }) => ({ name: clip(`${name} (${entries})`, 100), value: name }));
}
