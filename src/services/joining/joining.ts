import type { GuildMember } from 'discord.js';
import type { GatewayGuildMemberRemoveDispatchData, GatewayGuildMemberUpdateDispatchData } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { keepLeft, keepRoles, rolesOnLeaving } from '../../db/member-roles.ts';
import { noteJoin } from '../../db/seen-joins.ts';
import { dropUnbegun } from '../../db/timers.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { randomBelow } from '../../lib/random.ts';
import { CARD_AVATAR } from '../cards/account-picture.ts';
import type { AreaValue } from '../settings/areas.ts';
import { afterScreening, farewellFor, ordersFor, SCREENING_MS } from './orders.ts';

type Needs = Pick<Context, 'database' | 'db' | 'discord' | 'now' | 'settings' | 'timers'>;

/** Draws are whole numbers below this. */
const DRAWS = 2 ** 31;

/** Arranges what is to be done when people come and go. It is written down at once, so that a crash loses nothing of it. */
export class Joining {
  readonly #context: Needs;
  /** Whoever leaves in the second in which they came leaves after that. */
  readonly #turns = new Mutexes();

  constructor(context: Needs) {
    this.#context = context;
  }

  /**
   * Somebody has joined, now unless said otherwise; false where all was arranged for that before. What comes too late by then is passed over
   * by its timer. Rejects with DatabaseAwayError.
   */
  async came(
    { guild, id, displayName: name, user, pending, joinedAt }: GuildMember,
    at: Date = this.#context.now(),
  ): Promise<boolean> {
    const { database, db, settings, timers } = this.#context;
    const { bot } = user;
    const join = { user: id, at: joinedAt ?? at };
    const arrival = {
      ...{ guild: guild.id, id, name, bot, pending, count: guild.memberCount, at, heard: this.#context.now() },
      draw: randomBelow(DRAWS),
      ...{ account: user.username, picture: user.displayAvatarURL(CARD_AVATAR) },
    };
    return await this.#turns.run(`${guild.id} ${id}`, async () => {
      const [welcome, joinRoles, verification] = await Promise.all([
        settings.of(guild.id, 'welcome'),
        settings.of(guild.id, 'joinRoles'),
        settings.of(guild.id, 'verification'),
      ]);
      const kept = joinRoles.keep && !bot ? await rolesOnLeaving(db, guild.id, id, arrival.at) : [];
      const orders = ordersFor({ ...arrival, kept }, { welcome, joinRoles, verification });
      if (orders.length === 0) return await noteJoin(db, guild.id, join);
      return await database.begin(async (tx, notify) => {
        if (!(await noteJoin(tx, guild.id, join))) return false;
        for (const order of orders) await timers.addWithin({ tx, notify }, order);
        return true;
      });
    });
  }

  /** Somebody has left. Of whom nothing was said yet nothing will be. Rejects with DatabaseAwayError. */
  async left({ guild_id: guild, user }: GatewayGuildMemberRemoveDispatchData): Promise<void> {
    const { database, discord, now, settings, timers } = this.#context;
    const { id, bot = false, username, global_name: shown } = user;
    const count = Math.max(0, (discord.guilds.cache.get(guild)?.memberCount ?? 1) - 1);
    const at = now();
    const roles = this.#rolesOf(guild, id);
    await this.#turns.run(`${guild} ${id}`, async () => {
      const [welcome, joinRoles] = await Promise.all([settings.of(guild, 'welcome'), settings.of(guild, 'joinRoles')]);
      if (!saysOrGives(welcome, joinRoles)) return;
      const draw = randomBelow(DRAWS);
      const farewell = farewellFor({ guild, id, name: shown ?? username, bot, count, at, draw }, welcome);
      await database.begin(async (tx, notify) => {
        const dropped = await dropUnbegun(tx, { kinds: ['welcome', 'join-roles'], owner: id, guild });
        // Whoever had not been given them back yet has them still.
        const had = dropped.includes('join-roles') ? undefined : roles;
        if (joinRoles.keep && !bot) await keepLeft(tx, { guild, user: id, roles: had, at });
        if (farewell && !dropped.includes('welcome')) await timers.addWithin({ tx, notify }, farewell);
      });
    });
  }

  /** Of a member something was changed, maybe their roles. Rejects with DatabaseAwayError. */
  async changed({ guild_id: guild, user, roles }: GatewayGuildMemberUpdateDispatchData): Promise<void> {
    const { db, now, settings } = this.#context;
    const asOf = now();
    const { keep } = await settings.of(guild, 'joinRoles');
    if (!keep || user.bot) return;
    await this.#turns.run(`${guild} ${user.id}`, () => keepRoles(db, guild, [{ user: user.id, roles }], asOf));
  }

  /** Somebody may have passed Discord's screening: whoever was waited for gets their roles. Rejects with DatabaseAwayError. */
  async screened({ guild_id: guild, user, joined_at: joined }: GatewayGuildMemberUpdateDispatchData): Promise<void> {
    const { now, settings, timers } = this.#context;
    if (joined === null || now().getTime() - Date.parse(joined) > SCREENING_MS) return;
    const joinRoles = await settings.of(guild, 'joinRoles');
    if (!joinRoles.afterScreening) return;
    await this.#turns.run(`${guild} ${user.id}`, async () => {
      const waiting = await timers.list({ kind: 'join-roles', owner: user.id, guild });
      for (const { id, kind, payload } of waiting) {
        if (!isWaiting(payload)) continue;
        const due = afterScreening(now(), joinRoles);
        const change = { payload: { ...payload, waiting: false }, when: { due, zone: 'UTC' } };
        await timers.edit({ id, kind }, change);
      }
    });
  }

  /** The roles of a member who is still remembered. */
  #rolesOf(guild: string, id: string): readonly string[] | undefined {
    const member = this.#context.discord.guilds.cache.get(guild)?.members.cache.get(id);
    return member && [...member.roles.cache.keys()].filter((role) => role !== guild);
  }
}

/** Whether anything is done in a server for who comes or goes. */
export function saysOrGives(welcome: AreaValue<'welcome'>, { people, bots, keep }: AreaValue<'joinRoles'>): boolean {
  return keep || welcome.channel !== undefined || welcome.letters.length > 0 || people.length > 0 || bots.length > 0;
}

function isWaiting(payload: unknown): payload is { readonly waiting: true } {
  return typeof payload === 'object' && payload !== null && 'waiting' in payload && payload.waiting === true;
}
