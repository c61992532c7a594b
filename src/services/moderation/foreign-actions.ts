import { type APIAuditLog, type Guild, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { auditSeen, hasCaseOf, markAuditSeen, setAuditId } from '../../db/audit-seen.ts';
import { findCase, insertCase, takeNumbers } from '../../db/cases.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { createdAt, snowflakeAt } from '../../lib/snowflake.ts';
import { type ForeignCase, type ForeignEntry, foreignCaseOf } from './foreign-entry.ts';

const PAGE = 100;
/** Of older things nobody needs a case any more, however long the bot was away. */
const MOST_PAGES = 50;
const PATIENCE_MS = 20_000;

type Needs = Pick<Context, 'database' | 'db' | 'discord' | 'moderation' | 'now' | 'log'>;

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
      if (this.#behind.has(guild.id)) return await this.#catchUp(guild, AbortSignal.timeout(PATIENCE_MS));
      try {
        await this.#record(guild.id, entry);
        if (this.#current.has(guild.id)) await markAuditSeen(this.#context.db, guild.id, entry.id);
      } catch (error) {
        if (this.#current.delete(guild.id)) this.#behind.add(guild.id);
        throw error;
      }
    });
  }

  /**
   * Reads what a server's audit log has got while nobody listened. The first time there is nothing to make up for. Rejects as
   * Discord does.
   */
  catchUp(guild: Guild, signal: AbortSignal): Promise<void> {
    return this.#turns.run(guild.id, () => this.#catchUp(guild, signal), { signal });
  }

  async #catchUp(guild: Guild, signal: AbortSignal): Promise<void> {
    const { db, now } = this.#context;
    this.#current.delete(guild.id);
    if (!guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return;
    const seen = await auditSeen(db, guild.id);
    if (seen === undefined) await markAuditSeen(db, guild.id, snowflakeAt(now().getTime()));
    else await this.#readOn(guild.id, seen, signal);
    this.#current.add(guild.id);
    this.#behind.delete(guild.id);
  }

  async #readOn(guild: string, seen: string, signal: AbortSignal): Promise<void> {
    const { db, discord } = this.#context;
    let after = seen;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const answer = (await discord.rest.get(Routes.guildAuditLog(guild), { query, signal })) as APIAuditLog; // what Discord answers
      const entries = answer.audit_log_entries.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
      for (const { id, action_type: action, target_id: target, user_id: executor, reason, changes = [] } of entries) {
        const plain = changes.map((change) => ({ key: change.key, new: change.new_value }));
        await this.#record(guild, { id, action, target, executor, reason, changes: plain });
      }
      const last = entries.at(-1);
      if (!last) return;
      after = last.id;
      await markAuditSeen(db, guild, after);
      if (entries.length < PAGE) return;
    }
  }

  async #record(guild: string, entry: ForeignEntry): Promise<void> {
    const found = foreignCaseOf(entry);
    if (!found || entry.target === null || entry.executor === this.#context.discord.user?.id) return;
    const [targetName, actorName] = await Promise.all([this.#name(entry.target), this.#name(entry.executor)]);
    const names = { targetName, actorName };
    await this.#keep(guild, { ...entry, target: entry.target }, found, names);
  }

  async #keep(
    guild: string,
    entry: ForeignEntry & { readonly target: string },
    { type, until }: ForeignCase,
    names: { readonly targetName: string; readonly actorName: string },
  ): Promise<void> {
    const { database, moderation } = this.#context;
    await database.begin(async (tx, notify) => {
      await takeNumbers(tx, guild, 0); // whoever else has this entry waits here
      if (await hasCaseOf(tx, guild, entry.id)) return;
      const number = await takeNumbers(tx, guild, 1);
      const { target, executor: actor, reason = null, id } = entry;
      await insertCase(tx, {
        ...{ guild, number, type, target, actor, reason, until, ...names },
        ...{ source: 'discord', silent: false, points: 0, evidence: [], data: {}, createdAt: createdAt(id) },
      });
      await setAuditId(tx, guild, number, id);
      const one = await findCase(tx, { guild, number });
      if (one) await moderation.settle({ tx, notify }, one, { kind: 'done', told: null });
    });
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
