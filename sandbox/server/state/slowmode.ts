import { bitsOf, channelPermissions } from '../permissions.ts';
import { type Id, timeOf } from '../snowflake.ts';
import type { Channel } from './channels.ts';
import type { State } from './state.ts';

const NOT_HELD_UP = bitsOf('ManageMessages', 'ManageChannels', 'BypassSlowmode');

/** How long until this person may write again in a channel, in milliseconds. Bots and moderators need not wait. */
export function slowmodeLeft(state: State, channel: Channel, author: Id): number {
  const seconds = channel.rate_limit_per_user ?? 0;
  if (seconds === 0 || state.user(author).bot) return 0;
  if ((channelPermissions(state, channel, author) & NOT_HELD_UP) !== 0n) return 0;
  const last = state.messages.idsOf(channel.id).findLast((id) => state.messages.get(id)?.author.id === author);
  return last === undefined ? 0 : Math.max(0, timeOf(last) + seconds * 1_000 - state.now());
}
