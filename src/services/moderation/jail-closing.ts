import { OverwriteType, PermissionFlagsBits as P, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Overwrite } from './overwrite-changes.ts';
import { refusalOf } from './refusal.ts';

/** Channels that are closed at the same time. */
const AT_ONCE = 5;

interface Closing {
  readonly role: string;
  /** What Discord's audit log is given. */
  readonly reason: string;
}

interface Open {
  readonly id: string;
  readonly overwrites: readonly Overwrite[];
}

/** Closes channels to a role where they are not yet. Says which Discord does not let the bot close. */
export async function closeTo(
  { role, reason }: Closing,
  channels: readonly Open[],
  { discord, log }: Context,
): Promise<readonly string[]> {
  const open = channels.filter((channel) => isOpenTo(role, channel));
  const missed: string[] = [];
  for (let at = 0; at < open.length; at += AT_ONCE) {
    const closing = open.slice(at, at + AT_ONCE).map(async ({ id, overwrites }) => {
      try {
        const own = overwrites.find((one) => one.id === role);
        const body = {
          type: OverwriteType.Role,
          allow: String(BigInt(own?.allow ?? 0) & ~P.ViewChannel),
          deny: String(BigInt(own?.deny ?? 0) | P.ViewChannel),
        };
        await discord.rest.put(Routes.channelPermission(id, role), { body, reason });
      } catch (error) {
        if (refusalOf(error) === undefined) throw error;
        log.info({ channel: id, error }, 'a channel could not be closed to those in jail');
        missed.push(id);
      }
    });
    await Promise.all(closing);
  }
  return missed;
}

/** Whether a channel is not closed to a role by an overwrite of its own. */
function isOpenTo(role: string, { overwrites }: Open): boolean {
  return (BigInt(overwrites.find(({ id }) => id === role)?.deny ?? 0) & P.ViewChannel) === 0n;
}
