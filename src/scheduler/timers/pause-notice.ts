import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { PauseNotice, pauseEntry } from '../../services/follows/pause.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** What Discord says of a person who cannot be written to. */
const CLOSED: ReadonlySet<number> = new Set([
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  Code.InvalidRecipients,
  Code.UnknownUser,
]);

/** Tells a server's log, or whoever asked for it where there is none, that something is no longer followed. */
export default defineTimer({
  payload: PauseNotice,
  missed: 'late',
  deadlineMs: 30_000,
  async deliver(delivery, context) {
    if (!(await toLog(delivery, context))) await toOwner(delivery, context);
    return { kind: 'done' };
  },
});

async function toLog({ guild, payload, send }: Delivery<PauseNotice>, context: Context): Promise<boolean> {
  if (guild === undefined) return false;
  const { logChannel } = await context.settings.of(guild, 'logs');
  if (!logChannel) return false;
  try {
    await send(logChannel, await messageOf(guild, payload, context));
    return true;
  } catch (error) {
    if (channelRefusal(error) === undefined) throw error;
    return false;
  }
}

async function toOwner({ guild, owner, payload, send }: Delivery<PauseNotice>, context: Context): Promise<void> {
  try {
    const { id } = await context.discord.users.createDM(owner);
    await send(id, await messageOf(guild, payload, context));
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !CLOSED.has(Number(error.code))) throw error;
    context.log.info({ guild, owner, title: payload.title }, 'nobody could be told that a follow is paused');
  }
}

async function messageOf(guild: string | undefined, payload: PauseNotice, { settings, i18n }: Context) {
  const locale = guild === undefined ? 'en' : (await settings.of(guild, 'general')).language;
  return toPayload(pauseEntry(payload), { i18n, locale });
}
