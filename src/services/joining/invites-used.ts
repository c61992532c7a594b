import { type Guild, PermissionFlagsBits } from 'discord.js';
import { type APIExtendedInvite, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { type KeptInvite, type KeptInvites, keepInvites, keptInvites } from '../../db/known-invites.ts';
import { delay, withDeadline } from '../../lib/deadline.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { InvitePool } from './invite-pool.ts';

/** An invitation, with who made it where that is known. */
export interface Invitation {
  readonly code: string;
  readonly by?: string | undefined;
}

/** As `Came` of the pool, with what is known of each. */
export interface CameBy {
  readonly invites: readonly Invitation[];
  readonly sure: boolean;
}

interface Known extends KeptInvite {
  readonly by?: string | undefined;
  /** When Discord told that it is gone: by hand, or since it was used up. */
  readonly goneAt?: number;
}

interface State {
  readonly pool: InvitePool;
  known: Map<string, Known> | undefined;
  readAt: number;
}

interface Batch {
  people: number;
  result: Promise<CameBy | undefined>;
}

type Needs = Pick<Context, 'db' | 'discord' | 'gateway' | 'log' | 'now'>;

/** Those who come together are asked about together. */
const GATHER_MS = 250;
/** Between two looks at a server's invitations. */
const APART_MS = 2_000;
const DEADLINE_MS = 8_000;
/** An invitation that was gone for longer before somebody came was deleted by hand. */
const GONE_MS = 10_000;
/** What was looked at before that may have been used by people whom nobody told of. */
const LONG_AGO_MS = 3_600_000;
const MOST_SERVERS = 1_000;

/** Tells by which invitation people come: by what each was used since it was last looked at. One look serves all who come together. */
export class InvitesUsed {
  readonly #o: Needs;
  readonly #states = new Map<string, State>();
  readonly #open = new Map<string, Batch>();
  readonly #turns = new Mutexes();

  constructor(needs: Needs) {
    this.#o = needs;
  }

  /** By which somebody who has just joined may have come; undefined where the bot may not see it, or has nothing to compare with yet. */
  of(guild: Guild): Promise<CameBy | undefined> {
    if (!canSeeInvites(guild)) return Promise.resolve(undefined);
    const open = this.#open.get(guild.id);
    if (open) {
      open.people += 1;
      return open.result;
    }
    const batch: Batch = { people: 1, result: Promise.resolve(undefined) };
    this.#open.set(guild.id, batch);
    batch.result = this.#lookFor(guild, batch);
    return batch.result;
  }

  /** Looks at a server's invitations where that was never done, so that the first who comes can be told of. */
  async begin(guild: Guild): Promise<void> {
    if (!canSeeInvites(guild)) return;
    await this.#turns.run(guild.id, async () => {
      const state = await this.#stateOf(guild.id);
      if (!state.known) await this.#compare(guild, state, 0);
    });
  }

  /** An invitation was made: it may be used up, and gone, before it is looked for. */
  async made(guild: string, code: string, invite: Omit<Known, 'goneAt'>): Promise<void> {
    await this.#turns.run(guild, async () => {
      const state = await this.#stateOf(guild);
      if (!state.known || state.known.has(code)) return;
      state.known.set(code, invite);
      await this.#keep(guild, state.known);
    });
  }

  /** An invitation is gone. Whether somebody came by it is seen when somebody has come. */
  gone(guild: string, code: string): void {
    const known = this.#states.get(guild)?.known;
    const invite = known?.get(code);
    if (invite) known?.set(code, { ...invite, goneAt: this.#o.now().getTime() });
  }

  /** What is not known in time, or Discord does not say, is left out: people's coming is told of without it. */
  async #lookFor(guild: Guild, batch: Batch): Promise<CameBy | undefined> {
    const { log } = this.#o;
    const look = () =>
      this.#turns.run(guild.id, async () => {
        const state = await this.#stateOf(guild.id);
        await delay(Math.max(GATHER_MS, state.readAt + APART_MS - performance.now()));
        if (this.#open.get(guild.id) === batch) this.#open.delete(guild.id); // whoever comes from now on is asked about next
        return await this.#compare(guild, state, batch.people);
      });
    try {
      return await withDeadline('the invitations of a server', look, { deadlineMs: DEADLINE_MS });
    } catch (error) {
      log.info({ error, guild: guild.id }, 'it could not be seen by which invitation somebody came');
      return undefined;
    } finally {
      if (this.#open.get(guild.id) === batch) this.#open.delete(guild.id);
    }
  }

  async #compare(guild: Guild, state: State, people: number): Promise<CameBy | undefined> {
    const now = this.#o.now().getTime();
    const before = state.known;
    const fresh = await this.#o.gateway.lanes.within('jobs', () => this.#fetch(guild));
    const longAgo = performance.now() - state.readAt > LONG_AGO_MS;
    state.readAt = performance.now();
    state.known = fresh;
    if (changed(before, fresh)) await this.#keep(guild.id, fresh);
    if (!before) return undefined;
    const { codes, sure } = state.pool.came(people, usesSince(before, fresh, { people, now }), now, longAgo);
    const invites = codes.map((code) => ({ code, by: (fresh.get(code) ?? before.get(code))?.by }));
    return { invites, sure };
  }

  async #fetch({ id, vanityURLCode }: Guild): Promise<Map<string, Known>> {
    const { rest } = this.#o.discord;
    const [invites, vanity] = await Promise.all([
      rest.get(Routes.guildInvites(id)),
      vanityURLCode ? rest.get(Routes.guildVanityUrl(id)) : undefined,
    ]);
    const own = vanity as { readonly code: string | null; readonly uses: number } | undefined; // what Discord answers to these
    const listed = (invites as APIExtendedInvite[]).map(({ code, uses, max_uses: maxUses, expires_at, inviter }) => {
      const expiresAt = expires_at ? Date.parse(expires_at) : null;
      return [code, { uses, maxUses, expiresAt, by: inviter?.id }] as const;
    });
    return new Map<string, Known>([
      ...listed,
      ...(own?.code ? [[own.code, { uses: own.uses, maxUses: 0, expiresAt: null }] as const] : []),
    ]);
  }

  async #stateOf(guild: string): Promise<State> {
    const held = this.#states.get(guild);
    if (held) return held;
    const kept = await keptInvites(this.#o.db, guild);
    const state = {
      pool: new InvitePool(),
      known: kept && new Map(Object.entries(kept)),
      readAt: Number.NEGATIVE_INFINITY,
    };
    this.#states.set(guild, state);
    const oldest = this.#states.size > MOST_SERVERS ? this.#states.keys().next().value : undefined;
    if (oldest !== undefined) this.#states.delete(oldest);
    return state;
  }

  async #keep(guild: string, known: ReadonlyMap<string, Known>): Promise<void> {
    const kept = [...known].map(
      ([code, { uses, maxUses, expiresAt }]) => [code, { uses, maxUses, expiresAt }] as const,
    );
    await keepInvites(this.#o.db, guild, Object.fromEntries(kept) satisfies KeptInvites, this.#o.now());
  }
}

/** Discord shows a server's invitations, with how often they were used, to those alone who may manage it. */
export function canSeeInvites({ members }: Guild): boolean {
  return members.me?.permissions.has(PermissionFlagsBits.ManageGuild) === true;
}

/** How often each was used since. One that is gone was used up where its last uses can be those of the people who came. */
function usesSince(
  before: ReadonlyMap<string, Known>,
  fresh: ReadonlyMap<string, Known>,
  { people, now }: { readonly people: number; readonly now: number },
): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const [code, { uses }] of fresh) {
    const more = uses - (before.get(code)?.uses ?? 0);
    if (more > 0) used.set(code, more);
  }
  for (const [code, { uses, maxUses, expiresAt, goneAt = now }] of before) {
    const left = maxUses - uses;
    const expired = expiresAt !== null && expiresAt <= now;
    if (fresh.has(code) || expired || now - goneAt > GONE_MS || left < 1 || left > Math.max(people, 1)) continue;
    used.set(code, left);
  }
  return used;
}

function changed(before: ReadonlyMap<string, Known> | undefined, fresh: ReadonlyMap<string, Known>): boolean {
  if (before?.size !== fresh.size) return true;
  return [...fresh].some(([code, { uses }]) => before.get(code)?.uses !== uses);
}
