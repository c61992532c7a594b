import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import type { Poll } from '../services/polls/polls.ts';
import type { Choice, Typing } from './autocomplete.ts';
import { mayIn } from './channel-rights.ts';

const LONGEST_CHOICE = 100;

type Needs = Pick<Context, 'polls'>;

/** The server's running polls in channels that whoever asks can see, the next to end first. */
export async function pollsSeenBy(interaction: BaseInteraction, { polls }: Needs): Promise<readonly Poll[]> {
  const running = await polls.running(interaction.guildId ?? '0');
  return running.filter((poll) => mayIn(interaction, poll.channel, PermissionFlagsBits.ViewChannel));
}

/** Those of them that are theirs to end or delete, whose question has what is typed. */
export async function offerPolls({ typed, interaction }: Typing, context: Needs): Promise<readonly Choice[]> {
  const wanted = typed.trim().toLowerCase();
  return (await pollsSeenBy(interaction, context))
    .filter((poll) => mayManage(interaction, poll))
    .map(({ id, question }) => ({ name: clip(question, LONGEST_CHOICE), value: id }))
    .filter(({ name, value }) => value === wanted || name.toLowerCase().includes(wanted));
}

/**
 * The poll that was picked, or the only one whose question has what was written. UserError when there is none or several,
 * or it is another's and they may not manage messages there.
 */
export async function findOwnPoll(which: string, interaction: BaseInteraction, context: Needs): Promise<Poll> {
  const seen = await pollsSeenBy(interaction, context);
  const wanted = which.trim().toLowerCase();
  const picked = seen.find(({ id }) => id === wanted);
  const [found, other] = picked ? [picked] : seen.filter(({ question }) => question.toLowerCase().includes(wanted));
  if (!found) throw new UserError('poll.noSuch');
  if (other) throw new UserError('poll.several');
  if (!mayManage(interaction, found)) throw new UserError('poll.notYours');
  return found;
}

function mayManage(interaction: BaseInteraction, { author, channel }: Poll): boolean {
  return author === interaction.user.id || mayIn(interaction, channel, PermissionFlagsBits.ManageMessages);
}
