import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { timeIn } from '../lib/time/zones.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import { PostPayload } from '../services/schedule/post.ts';
import type { Timer } from '../services/timers/timers.ts';
import type { Choice, Typing } from './autocomplete.ts';
import { mayIn } from './channel-rights.ts';

const LONGEST_CHOICE = 100;
/** More than a server will have: each moderator may have a hundred. */
const MOST_LISTED = 1_000;

export interface ScheduledPost extends Timer {
  readonly payload: PostPayload;
  readonly channel: string;
}

/** The server's scheduled posts for channels that whoever asks can see, the next first. */
export async function postsSeenBy(
  interaction: BaseInteraction,
  { timers }: Pick<Context, 'timers'>,
): Promise<readonly ScheduledPost[]> {
  const whose = { kind: 'scheduled-post', guild: interaction.guildId ?? '0' };
  const open = await timers.list(whose, { limit: MOST_LISTED });
  const posts = open.filter(
    (timer): timer is ScheduledPost => Value.Check(PostPayload, timer.payload) && timer.channel !== null,
  );
  return posts.filter(({ channel }) => mayIn(interaction, channel, PermissionFlagsBits.ViewChannel));
}

/** Those of them that are theirs to change or delete, whose words or time have what is typed. */
export async function offerPosts({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const { user, guildId } = interaction;
  const [posts, zone] = await Promise.all([postsSeenBy(interaction, context), context.zones.zoneOf(user.id, guildId)]);
  const wanted = typed.trim().toLowerCase();
  return posts
    .filter((post) => mayManage(interaction, post))
    .map((post) => ({ name: labelOf(post, zone), value: post.id }))
    .filter(({ name, value }) => value === wanted || name.toLowerCase().includes(wanted));
}

/**
 * The post that was picked, or the only one whose words have what was written. UserError when there is none or several, or
 * they may not manage messages in its channel.
 */
export async function findPost(
  which: string,
  interaction: BaseInteraction,
  context: Pick<Context, 'timers'>,
): Promise<ScheduledPost> {
  const posts = await postsSeenBy(interaction, context);
  const wanted = which.trim().toLowerCase();
  const picked = posts.find(({ id }) => id === wanted);
  const [found, other] = picked ? [picked] : posts.filter((post) => wordsOf(post).toLowerCase().includes(wanted));
  if (!found) throw new UserError('schedule.noSuch');
  if (other) throw new UserError('schedule.several');
  if (!mayManage(interaction, found)) throw new UserError('schedule.notYours');
  return found;
}

function mayManage(interaction: BaseInteraction, { channel }: ScheduledPost): boolean {
  return mayIn(interaction, channel, PermissionFlagsBits.ManageMessages);
}

/** What it is known by. */
export function wordsOf({ payload: { title, text, description, picture } }: ScheduledPost): string {
  return (title ?? text ?? description ?? picture ?? '').replaceAll(/\s+/g, ' ');
}

function labelOf(post: ScheduledPost, zone: string): string {
  const { date, time } = timeIn(zone, post.dueAt);
  return clip(`${date} ${time} · ${wordsOf(post)}`, LONGEST_CHOICE);
}
