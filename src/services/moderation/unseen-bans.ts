import { DiscordAPIError, type Guild, type GuildBan, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { findCase, insertCase, takeNumbers } from '../../db/cases.ts';
import { knownBan } from '../../db/unseen-bans.ts';
import { banOf } from './bans.ts';

const PATIENCE_MS = 20_000;
/** As long as Discord takes reasons. */
const LONGEST_REASON = 512;

/**
 * Makes a case of a ban that somebody else has made, or lifted, in a server whose audit log the bot may not see: by whom is not
 * known. Of a ban that no case tells of nothing is said when it is lifted.
 */
export async function recordUnseen(
  { guild, user }: Pick<GuildBan, 'guild' | 'user'>,
  type: 'ban' | 'unban',
  context: Pick<Context, 'database' | 'discord' | 'foreignActions' | 'moderation' | 'now' | 'banNames'>,
): Promise<void> {
  context.banNames.forget(guild.id);
  if (guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return;
  context.foreignActions.missed(guild.id);
  const there = await banNow(guild, user.id, context);
  if (there.known && there.banned !== (type === 'ban')) return; // it is heard of late
  const { database, moderation, now } = context;
  await database.begin(async (tx, notify) => {
    await takeNumbers(tx, guild.id, 0); // nothing is ordered meanwhile, and another process that hears of it waits here
    const { underWay, lasting } = await knownBan(tx, guild.id, user.id);
    if (underWay || lasting === (type === 'ban')) return;
    const key = { guild: guild.id, number: await takeNumbers(tx, guild.id, 1) };
    await insertCase(tx, {
      ...{ ...key, type, target: user.id, targetName: user.username, actor: null, actorName: '?', until: null },
      ...{
        reason: there.reason,
        source: 'discord',
        silent: false,
        points: 0,
        evidence: [],
        data: {},
        createdAt: now(),
      },
    });
    const one = await findCase(tx, key);
    if (one) await moderation.settle({ tx, notify }, one, { kind: 'done', told: null });
  });
}

interface BanNow {
  /** Whether the bot may look. */
  readonly known: boolean;
  readonly banned: boolean;
  readonly reason: string | null;
}

async function banNow({ id }: Guild, person: string, context: Pick<Context, 'discord'>): Promise<BanNow> {
  try {
    const ban = await banOf(id, person, context, AbortSignal.timeout(PATIENCE_MS));
    return { known: true, banned: ban !== undefined, reason: ban?.reason?.slice(0, LONGEST_REASON) ?? null };
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.status !== 403) throw error;
    return { known: false, banned: false, reason: null };
  }
}
