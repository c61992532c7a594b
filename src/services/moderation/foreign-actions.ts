import { type APIAuditLog, type APIAuditLogEntry, type Guild, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { auditSeen, hasCaseOf, markAuditSeen, setAuditId } from '../../db/audit-seen.ts';
import { type CaseKey, findCase, insertCase, takeNumbers } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import { completeUnseen } from '../../db/unseen-bans.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { createdAt, snowflakeAt } from '../../lib/snowflake.ts';
import { isAbove } from '../permissions/above.ts';
import { rankOfPermissions } from '../permissions/ranks.ts';
import { brakedAs } from './brake-kinds.ts';
import { type ForeignCase, type ForeignEntry, foreignCasesOf } from './foreign-entry.ts';

const PAGE = 100;
/** Read in one go, before what comes meanwhile has its turn. */
const MOST_PAGES = 50;
const PATIENCE_MS = 20_000;
/** What is kept since too much of it is stopped, which it never is of an owner. */
const FOR_BRAKE: readonly ForeignCase['type'][] = [
  'prune',
  'role-add',
  'channel-delete',
  'emoji-delete',
  'role-delete',
  'sticker-delete',
  'purge',
];

/** Who did something to whom. */
interface Who {
  readonly target: string;
  readonly targetName: string;
  readonly actorName: string;
  /** Whether no brake holds whoever did it. */
  readonly above: boolean;
}

type Needs = Pick<Context, 'database' | 'db' | 'discord' | 'gateway' | 'moderation' | 'now' | 'log'>;

/**
 * Makes cases of what is done in Discord itself, or by other bots: once for each entry of the audit log, however often
 * and by how many processes it is seen.
 */
export class ForeignActions {
  readonly #context: Needs;
  /** Servers whose log has been read up to now: from there on each entry that comes is the next. */
  readonly #current = new Set<string>();
  /** Servers of which something that came could not be kept. */
  readonly #behind = new Set<string>();
  readonly #turns = new Mutexes();

  constructor(context: Needs) {
    this.#context = context;
  }

  /**
   * An entry has come. Those of a server are taken one after another, so that their cases stand in the same order. After one that
   * could not be kept the next has the log read again from there.
   */
  heard(guild: Guild, entry: ForeignEntry): Promise<void> {
    return this.#turns.run(guild.id, async () => {
      if (this.#behind.has(guild.id)) return void (await this.#catchUp(guild, AbortSignal.timeout(PATIENCE_MS)));
      try {
        await this.#record(guild.id, entry);
        if (this.#current.has(guild.id)) await markAuditSeen(this.#context.db, guild.id, entry.id);
      } catch (error) {
        this.missed(guild.id);
        throw error;
      }
    });
  }

  /** Something was done of which no entry has come, or none could be kept: the next that comes has the log read again. */
  missed(guild: string): void {
    if (this.#current.delete(guild)) this.#behind.add(guild);
  }

  /**
   * Reads what a server's audit log has got while nobody listened. The first time there is nothing to make up for. Rejects as
   * Discord does.
   */
  async catchUp(guild: Guild, signal: AbortSignal): Promise<void> {
    while (!(await this.#turns.run(guild.id, () => this.#catchUp(guild, signal), { signal })));
  }

  /** Whether that was all there is to read. */
  async #catchUp(guild: Guild, signal: AbortSignal): Promise<boolean> {
    const { db, now } = this.#context;
    this.#current.delete(guild.id);
    if (!guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return true;
    const seen = await auditSeen(db, guild.id);
    if (seen === undefined) await markAuditSeen(db, guild.id, snowflakeAt(now().getTime()));
    else if (!(await this.#readOn(guild.id, seen, signal))) {
      this.#behind.add(guild.id); // what comes now is not the next
      return false;
    }
    this.#current.add(guild.id);
    this.#behind.delete(guild.id);
    return true;
  }

  /** Whether it came to the end. */
  async #readOn(guild: string, seen: string, signal: AbortSignal): Promise<boolean> {
    const { db, discord } = this.#context;
    let after = seen;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const answer = (await discord.rest.get(Routes.guildAuditLog(guild), { query, signal })) as APIAuditLog; // what Discord answers
      const entries = answer.audit_log_entries.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
      for (const {
        id,
        action_type: action,
        target_id: target,
        user_id: executor,
        reason,
        changes = [],
        options,
      } of entries) {
        const plain = changes.map((change) => ({ key: change.key, old: change.old_value, new: change.new_value }));
        await this.#record(guild, { id, action, target, executor, reason, changes: plain, count: countIn(options) });
      }
      const last = entries.at(-1);
      if (!last) return true;
      after = last.id;
      await markAuditSeen(db, guild, after);
      if (entries.length < PAGE) return true;
    }
    return false;
  }

  async #record(guild: string, entry: ForeignEntry): Promise<void> {
    const { executor, target } = entry;
    const { discord } = this.#context;
    if (executor === discord.user?.id) return;
    const { roles } = discord.guilds.cache.get(guild) ?? {};
    const moderates = (role: string) => {
      const known = roles?.cache.get(role);
      return known !== undefined && rankOfPermissions(known.permissions) > 0;
    };
    const above = executor !== null && isAbove(guild, executor, this.#context);
    const found = foreignCasesOf(entry, moderates).filter(({ type }) => !above || !FOR_BRAKE.includes(type));
    const [first] = found;
    if (!first) return;
    const place = { target: target ?? guild, actorName: await this.#name(executor), above };
    const targetName = first.targetName ?? (await this.#nameOf(place.target, guild));
    await this.#keep(guild, entry, found, { ...place, targetName });
  }

  async #keep(guild: string, entry: ForeignEntry, found: readonly ForeignCase[], who: Who): Promise<void> {
    const { database, moderation } = this.#context;
    await database.begin(async (tx, notify) => {
      await takeNumbers(tx, guild, 0); // whoever else has this entry waits here
      if (await hasCaseOf(tx, guild, entry.id)) return;
      if (!(await this.#completed({ tx, notify }, guild, entry, found, who))) {
        const first = await takeNumbers(tx, guild, found.length);
        for (const [at, one] of found.entries())
          await this.#insert({ tx, notify }, { guild, number: first + at }, entry, one, who);
        await setAuditId(tx, guild, first, entry.id); // by the first it is known that all are kept
      }
      const what = found[0] && brakedAs(found[0].type);
      if (what === undefined || entry.executor === null || who.above) return;
      const doing = { guild, actor: entry.executor, actorName: who.actorName, what, at: createdAt(entry.id) };
      await moderation.brake.holds({ tx, notify }, doing);
    });
  }

  /** Whether there is a case of it from when the log could not be read, which says all by now. */
  async #completed(
    within: Within,
    guild: string,
    { id, executor: actor, reason = null }: ForeignEntry,
    [one]: readonly ForeignCase[],
    { target, actorName }: Who,
  ): Promise<boolean> {
    if (one?.type !== 'ban' && one?.type !== 'unban') return false;
    const entry = { guild, type: one.type, target, actor, actorName, reason, id, at: createdAt(id) };
    const unseen = await completeUnseen(within.tx, entry);
    if (unseen) await this.#context.moderation.log(within, unseen);
    return unseen !== undefined;
  }

  async #insert(
    within: Within,
    key: CaseKey,
    { executor: actor, reason = null, id }: ForeignEntry,
    { type, until, data }: ForeignCase,
    { target, targetName, actorName }: Who,
  ): Promise<void> {
    await insertCase(within.tx, {
      ...{ ...key, type, target, targetName, actor, actorName, reason, until: until ?? null },
      ...{ source: 'discord', silent: false, points: 0, evidence: [], data: data ?? {}, createdAt: createdAt(id) },
    });
    const one = await findCase(within.tx, key);
    if (one) await this.#context.moderation.settle(within, one, { kind: 'done', told: null });
  }

  /** How a person or a channel is called, or the server. */
  async #nameOf(id: string, guild: string): Promise<string> {
    const { cache } = this.#context.discord.guilds;
    if (id === guild) return cache.get(guild)?.name ?? id;
    const channel = cache.get(guild)?.channels.cache.get(id);
    return channel ? `#${channel.name}` : await this.#name(id);
  }

  /** How somebody is called; by their id where Discord does not say. */
  async #name(id: string | null): Promise<string> {
    if (id === null) return '?';
    const { discord, log } = this.#context;
    try {
      return (await discord.users.fetch(id)).username;
    } catch (error) {
      log.debug({ id, error }, 'the name of somebody in an audit log could not be found');
      return id;
    }
  }
}

/** Of how many an entry tells, by whichever name that has. */
function countIn(options: APIAuditLogEntry['options']): number | undefined {
  const count = options?.count ?? options?.members_removed;
  return count === undefined ? undefined : Number(count);
}
