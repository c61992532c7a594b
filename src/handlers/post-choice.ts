import { Value } from '@sinclair/typebox/value';
import type { Context } from '../context.ts';
import { timeIn } from '../lib/time/zones.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import { PostPayload } from '../services/schedule/post.ts';
import type { Timer } from '../services/timers/timers.ts';
import type { Choice, Typing } from './autocomplete.ts';

const LONGEST_CHOICE = 100;
/** More than a server will have: each moderator may have a hundred. */
const MOST_LISTED = 1_000;

export interface ScheduledPost extends Timer {
  readonly payload: PostPayload;
  readonly channel: string;
}

/** A server's scheduled posts, the next first. */
export async function postsOf(guild: string, { timers }: Pick<Context, 'timers'>): Promise<readonly ScheduledPost[]> {
  const open = await timers.list({ kind: 'scheduled-post', guild }, { limit: MOST_LISTED });
  return open.filter(
    (timer): timer is ScheduledPost => Value.Check(PostPayload, timer.payload) && timer.channel !== null,
  );
}

/** The server's posts whose words or time have what is typed. */
export async function offerPosts({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const { user, guildId } = interaction;
  const [posts, zone] = await Promise.all([postsOf(guildId ?? '0', context), context.zones.zoneOf(user.id, guildId)]);
  const wanted = typed.trim().toLowerCase();
  return posts
    .map((post) => ({ name: labelOf(post, zone), value: post.id }))
    .filter(({ name, value }) => value === wanted || name.toLowerCase().includes(wanted));
}

/** The post that was picked, or the only one whose words have what was written. UserError when there is none or several. */
export async function findPost(which: string, guild: string, context: Pick<Context, 'timers'>): Promise<ScheduledPost> {
  const posts = await postsOf(guild, context);
  const wanted = which.trim().toLowerCase();
  const picked = posts.find(({ id }) => id === wanted);
  if (picked) return picked;
  const [found, other] = posts.filter((post) => wordsOf(post).toLowerCase().includes(wanted));
  if (!found) throw new UserError('schedule.noSuch');
  if (other) throw new UserError('schedule.several');
  return found;
}

/** What it is known by. */
export function wordsOf({ payload: { title, text, description, picture } }: ScheduledPost): string {
  return (title ?? text ?? description ?? picture ?? '').replaceAll(/\s+/g, ' ');
}

function labelOf(post: ScheduledPost, zone: string): string {
  const { date, time } = timeIn(zone, post.dueAt);
  return clip(`${date} ${time} · ${wordsOf(post)}`, LONGEST_CHOICE);
}
