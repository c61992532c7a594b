import { ApiError } from '../api-error.ts';
import { isThread } from '../permissions.ts';
import type { Channel } from '../state/channels.ts';
import type { State } from '../state/state.ts';

/** Writing into an archived thread opens it again; a locked one stays closed. */
export function reviveThread(state: State, channel: Channel): void {
  const metadata = channel.thread_metadata;
  if (!isThread(channel) || !metadata?.archived) return;
  if (metadata.locked) throw new ApiError(400, 50083, 'Thread is archived');
  const revived = state.setChannel({ ...channel, thread_metadata: { ...metadata, archived: false } });
  const guild = channel.guild_id;
  state.emit({ t: 'THREAD_UPDATE', d: revived, channel: channel.id, ...(guild !== undefined && { guild }) });
}
