import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { jailWhoCameBack } from './jail-catch-up.ts';
import { closeWhatIsOpen } from './jail-channels.ts';

const DEADLINE_MS = 20 * 60_000;

/** Makes up for what was done and missed while the bot was away, server by server, behind all that people wait for. */
export function catchUpWith(guilds: readonly Guild[], context: Context): void {
  const { inFlight, gateway, log } = context;
  const all = (signal: AbortSignal) => gateway.lanes.within('jobs', () => catchUp(guilds, context, signal));
  inFlight.track('catching up with audit logs', all, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error }, 'what was done in Discord meanwhile is not all known');
  });
  const back = (signal: AbortSignal) => gateway.lanes.within('jobs', () => jailWhoCameBack(guilds, context, signal));
  inFlight.track('looking through the jails', back, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error }, 'who came back meanwhile and belongs in jail is not all known');
  });
  const close = (signal: AbortSignal) => gateway.lanes.within('jobs', () => closeWhatIsOpen(guilds, context, signal));
  inFlight.track('closing channels to the jails', close, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error }, 'not all channels that were made meanwhile are closed to those in jail');
  });
}

async function catchUp(guilds: readonly Guild[], { foreignActions, log }: Context, signal: AbortSignal): Promise<void> {
  for (const guild of guilds) {
    try {
      await foreignActions.catchUp(guild, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DatabaseAwayError) throw error;
      log.info({ error, guild: guild.id }, 'an audit log could not be read');
    }
  }
}
