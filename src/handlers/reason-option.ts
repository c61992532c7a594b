import type { Context } from '../context.ts';
import type { Choice, Typing } from './autocomplete.ts';
import { LONGEST_REASON } from './moderate.ts';
import { text } from './options.ts';

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** Why something is done, with the server's saved reasons offered while it is typed. */
export const REASON = text({ optional: true, min: 1, max: LONGEST_REASON, autocomplete: offerReasons });
export const NEEDED_REASON = text({ min: 1, max: LONGEST_REASON, autocomplete: offerReasons });
/** The same where the bot puts some words of its own before it. */
export const SHORTER_REASON = text({ optional: true, min: 1, max: LONGEST_REASON - 100, autocomplete: offerReasons });

/** What is typed stays the first choice: whatever is chosen takes its place. */
async function offerReasons(
  { typed, interaction }: Typing,
  { settings }: Pick<Context, 'settings'>,
): Promise<readonly Choice[]> {
  const { reasons } = await settings.of(interaction.guildId ?? '0', 'moderation');
  const wanted = typed.trim().toLowerCase();
  const fitting = reasons.filter((reason) => reason.toLowerCase().includes(wanted) && reason !== typed);
  const own = wanted === '' || typed.length > LONGEST_CHOICE ? [] : [typed];
  return [...own, ...fitting].slice(0, MOST_CHOICES).map((reason) => ({ name: reason, value: reason }));
}
