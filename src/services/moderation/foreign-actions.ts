import { type APIAuditLog, type Guild, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { auditSeen, hasCaseOf, hasForeignTimeout, markAuditSeen, setAuditId } from '../../db/audit-seen.ts';
import { type CaseKey, findCase, insertCase, takeNumbers } from '../../db/cases.ts';
import type { Tx, Within } from '../../db/connect.ts';
import { completeUnseen } from '../../db/unseen-bans.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { createdAt, snowflakeAt } from '../../lib/snowflake.ts';
import { isAbove } from '../permissions/above.ts';
import { brakedAs } from './brake-kinds.ts';
import { type ForeignCase, type ForeignEntry, foreignCasesOf } from './foreign-entry.ts';
import { foreignEntry, nameIn, nameOf, wantedIn, withTimeout } from './foreign-sources.ts';

const PAGE = 100;
/** Read in one go, before what comes meanwhile has its turn. */
const MOST_PAGES = 50;
const PATIENCE_MS = 20_000;
/** What Discord calls that which acts by its rules. */
const AUTO_MOD = 'AutoMod';

/** Who did something to whom. */
interface Who {
  readonly target: string;
  readonly targetName: string;
  readonly actorName: string;
  /** Whether no brake holds whoever did it. */
  readonly above: boolean;
}

type Needs = Pick<Context, 'database' | 'db' | 'discord' | 'gateway' | 'moderation' | 'now' | 'log' | 'settings'>;

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
      for (const entry of entries) await this.#record(guild, foreignEntry(entry));
      const last = entries.at(-1);
      if (!last) return true;
      after = last.id;
      await markAuditSeen(db, guild, after);
      if (entries.length < PAGE) return true;
    }
    return false;
  }

  async #record(guild: string, heard: ForeignEntry): Promise<void> {
    const { executor, target } = heard;
    const { discord } = this.#context;
    if (executor === discord.user?.id) return;
    const entry = await withTimeout(guild, heard, this.#context);
    const above = executor !== null && isAbove(guild, executor, this.#context);
    const wanted = await wantedIn(guild, entry, this.#context);
    const found = foreignCasesOf(entry, wanted).filter(({ forBrake }) => !above || !forBrake);
    const [first] = found;
    if (!first) return;
    const actorName = first.rule === undefined ? await nameOf(executor, this.#context) : AUTO_MOD;
    const place = { target: first.target ?? target ?? guild, actorName, above };
    const targetName = first.targetName ?? (await nameIn(guild, place.target, this.#context));
    await this.#keep(guild, entry, found, { ...place, targetName });
  }

  async #keep(guild: string, entry: ForeignEntry, found: readonly ForeignCase[], who: Who): Promise<void> {
    const { database, moderation } = this.#context;
    await database.begin(async (tx, notify) => {
      await takeNumbers(tx, guild, 0); // whoever else has this entry waits here
      if (await hasCaseOf(tx, guild, entry.id)) return;
      if (await this.#isKnown(tx, guild, who, found)) return;
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

  /** Whether it is a timeout of which another entry has told already. */
  async #isKnown(tx: Tx, guild: string, { target }: Who, found: readonly ForeignCase[]): Promise<boolean> {
    const [one, ...others] = found;
    if (one?.type !== 'timeout' || !one.until || others.length > 0) return false;
    return await hasForeignTimeout(tx, { guild, target, until: one.until });
  }

  async #insert(
    within: Within,
    key: CaseKey,
    { executor, reason = null, id }: ForeignEntry,
    { type, until, data, rule }: ForeignCase,
    { target, targetName, actorName }: Who,
  ): Promise<void> {
    const byDiscord = rule !== undefined;
    await insertCase(within.tx, {
      ...{ ...key, type, target, targetName, actorName, until: until ?? null },
      ...{ actor: byDiscord ? null : executor, reason: (byDiscord ? rule : reason) || null },
      ...{ source: 'discord', silent: false, points: 0, evidence: [], data: data ?? {}, createdAt: createdAt(id) },
    });
    const one = await findCase(within.tx, key);
    if (one) await this.#context.moderation.settle(within, one, { kind: 'done', told: null });
  }
}
