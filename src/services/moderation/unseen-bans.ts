import { DiscordAPIError, type Guild, type GuildBan, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { findCase, insertCase, takeNumbers } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import { knownBan } from '../../db/unseen-bans.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { banOf } from './bans.ts';

const PATIENCE_MS = 20_000;
/** As long as Discord takes reasons. */
const LONGEST_REASON = 512;
/** So often it is looked at once more what stands there, since something was done meanwhile. */
const MOST_LOOKS = 5;

type Needs = Pick<Context, 'banNames' | 'database' | 'db' | 'discord' | 'foreignActions' | 'moderation' | 'now'>;
type Heard = Pick<GuildBan, 'guild' | 'user'>;

/**
 * Makes cases of bans that somebody else has made, or lifted, in servers whose audit log the bot may not see: by whom is not
 * known. Of a ban that no case tells of nothing is said when it is lifted.
 */
export class UnseenBans {
  readonly #context: Needs;
  readonly #turns = new Mutexes();

  constructor(context: Needs) {
    this.#context = context;
  }

  /** What is heard of one person is looked at one after another, so that their cases stand in that order. */
  async heard(ban: Heard, type: 'ban' | 'unban'): Promise<void> {
    const { banNames, foreignActions } = this.#context;
    const { guild, user } = ban;
    banNames.forget(guild.id);
    if (guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return;
    foreignActions.missed(guild.id);
    await this.#turns.run(`${guild.id} ${user.id}`, async () => {
      for (let looks = 0; looks < MOST_LOOKS; looks += 1) if (await this.#record(ban, type)) return;
    });
  }

  /** False where something was done meanwhile that may be just what was heard of. */
  async #record({ guild, user }: Heard, type: 'ban' | 'unban'): Promise<boolean> {
    const { database, db } = this.#context;
    const before = await knownBan(db, guild.id, user.id);
    if (before.underWay) return true;
    const there = await banNow(guild, user.id, this.#context);
    if (there.known && there.banned !== (type === 'ban')) return true; // it is heard of late
    return await database.begin(async (tx, notify) => {
      await takeNumbers(tx, guild.id, 0); // nothing is ordered meanwhile, and another process that hears of it waits here
      const { underWay, lasting, last } = await knownBan(tx, guild.id, user.id);
      if (last !== before.last) return false;
      if (!underWay && lasting !== (type === 'ban')) await this.#insert({ tx, notify }, { guild, user }, type, there);
      return true;
    });
  }

  async #insert(within: Within, { guild, user }: Heard, type: 'ban' | 'unban', { reason }: BanNow): Promise<void> {
    const { moderation, now } = this.#context;
    const key = { guild: guild.id, number: await takeNumbers(within.tx, guild.id, 1) };
    await insertCase(within.tx, {
      ...{ ...key, type, target: user.id, targetName: user.username, actor: null, actorName: '?', until: null },
      ...{ reason, source: 'discord', silent: false, points: 0, evidence: [], data: {}, createdAt: now() },
    });
    const one = await findCase(within.tx, key);
    if (one) await moderation.settle(within, one, { kind: 'done', told: null });
  }
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
