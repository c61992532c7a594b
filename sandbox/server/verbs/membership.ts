import { AutoModerationRuleTriggerType, ChannelType, GuildMemberFlags } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { setPresence } from '../gateway/own-state.ts';
import { seedSmall } from '../seeds/small.ts';
import { type Id, snowflakeAt } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Guild, Presence } from '../state/guilds.ts';
import { makeMember } from '../state/members.ts';
import { removeMember } from '../state/remove-member.ts';
import { makeUser } from '../state/users.ts';
import { setVoice } from '../state/voice.ts';
import { channelOf, personId, type World } from './world.ts';

const DAY = 24 * 3_600_000;
const MOST = 10_000;
const VOICE: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

export interface JoinOptions {
  /** How old the new accounts are, in days. Default 30. */
  readonly accountAgeDays?: number;
  /** Names for the new people; others are made up. */
  readonly names?: readonly string[];
  /** Whether they have yet to pass the server's screening of new members. */
  readonly pending?: boolean;
  /** The code of the invitation by which they come, or the server's own; by none otherwise, as through Discovery. */
  readonly invite?: string;
}

/** So many new people join, or one who exists comes (back). Returns who joined. */
export function join(world: World, who: number | string, o: JoinOptions = {}): Id[] {
  const { state, seeded } = world;
  const { guild } = seeded;
  const paused = guild.incidents?.invites_disabled_until ?? null;
  if (paused !== null && Date.parse(paused) > state.now())
    throw new SandboxError('nobody can join: invitations are paused');
  if (typeof who === 'string') {
    const id = personId(world, who);
    if (guild.members.has(id)) throw new SandboxError(`${who} is a member already`);
    if (guild.bans.has(id)) throw new SandboxError(`${who} is banned`);
    return [enter(world, guild, id, o)];
  }
  if (!(who >= 1 && who <= MOST)) throw new SandboxError(`between 1 and ${MOST} people can join at once`);
  return Array.from({ length: who }, (_, at) => {
    const count = state.users.size;
    const id = snowflakeAt(state.now() - (o.accountAgeDays ?? 30) * DAY, count);
    const username = o.names?.[at] ?? `skua_${count}`;
    state.users.set(id, makeUser({ id, username }));
    return enter(world, guild, id, o);
  });
}

function enter({ state }: World, guild: Guild, id: Id, { pending = false, invite }: JoinOptions): Id {
  if (invite !== undefined) countUse(state, guild, invite);
  const before = guild.formerMembers.get(id);
  const again = before && {
    flags: GuildMemberFlags.DidRejoin,
    communication_disabled_until: before.communication_disabled_until,
  };
  const member = guild.setMember({ ...makeMember(id, state.now()), pending, ...again });
  state.emit({ t: 'GUILD_MEMBER_ADD', d: { ...state.memberView(member), guild_id: guild.id }, guild: guild.id });
  return id;
}

/** An invitation that is used up is gone, which is told before who came by it. */
function countUse(state: World['state'], guild: Guild, code: string): void {
  if (guild.vanity?.code === code) {
    guild.vanity = { code, uses: guild.vanity.uses + 1 };
    return;
  }
  const invite = state.invites.get(code);
  if (invite?.guild !== guild.id) throw new SandboxError(`there is no invitation ${code} to this server`);
  const used = { ...invite, uses: invite.uses + 1 };
  if (used.maxUses === 0 || used.uses < used.maxUses) {
    state.invites.set(code, used);
    return;
  }
  state.invites.delete(code);
  const d = { code, channel_id: invite.channel, guild_id: guild.id };
  state.emit({ t: 'INVITE_DELETE', d, channel: invite.channel, guild: guild.id });
}

/** Someone accepts the rules of the server, and so passes its screening. */
export function acceptRules({ state, seeded }: World, id: Id): void {
  const { guild } = seeded;
  const before = guild.members.get(id);
  if (!before?.pending) throw new SandboxError(`${id} has no screening to pass`);
  const member = guild.setMember({ ...before, pending: false });
  state.emit({ t: 'GUILD_MEMBER_UPDATE', d: { ...state.memberView(member), guild_id: guild.id }, guild: guild.id });
}

/** A rule of Discord's own AutoMod has put someone in timeout for what they wrote, for so many seconds. */
export function autoModTimeout(
  world: World,
  who: string,
  { rule, channel, seconds }: { readonly rule: string; readonly channel: string; readonly seconds: number },
): void {
  const { state, seeded } = world;
  const { guild } = seeded;
  const id = personId(world, who);
  const before = guild.members.get(id);
  if (!before) throw new SandboxError(`${who} is not a member`);
  const until = new Date(state.now() + seconds * 1_000).toISOString();
  const member = guild.setMember({ ...before, communication_disabled_until: until });
  state.emit({ t: 'GUILD_MEMBER_UPDATE', d: { ...state.memberView(member), guild_id: guild.id }, guild: guild.id });
  const options = {
    auto_moderation_rule_name: rule,
    auto_moderation_rule_trigger_type: String(AutoModerationRuleTriggerType.Keyword),
    channel_id: channelOf(world, channel, id).id,
  };
  state.audit(guild, { user_id: id, action_type: AUDIT.autoModTimeout, target_id: id, options });
}

/** Someone leaves by themselves. */
export function leave(world: World, who: string): void {
  const { state, seeded } = world;
  const { guild } = seeded;
  const id = personId(world, who);
  if (!removeMember(state, guild, id)) throw new SandboxError(`${who} is not a member`);
}

/** Online, away and so on, as others see it. */
export function presence(world: World, who: string, status: Presence['status']): void {
  setPresence(world.state, world.seeded.guild.id, personId(world, who), {
    status,
    activities: [],
    client_status: { desktop: status },
  });
}

/** Joins a voice channel, or leaves with null. */
export function voice(world: World, who: string, channel: string | null): void {
  const id = personId(world, who);
  const target = channel === null ? null : channelOf(world, channel, id);
  if (target && !VOICE.includes(target.type)) throw new SandboxError(`#${target.name} is not a voice channel`);
  setVoice(world.state, world.seeded.guild.id, id, target?.id ?? null);
}

/** Whether someone takes direct messages from the bot; those who do not answer with 50007. */
export function directMessages(world: World, who: string, open: boolean): void {
  const id = personId(world, who);
  if (open) world.state.closedDms.delete(id);
  else world.state.closedDms.add(id);
}

/** Another server with people of its own; the bot is in it. Shards need several. */
export function addGuild(world: World, name: string): Id {
  const owner = world.state.application.ownerId;
  const { guild } = seedSmall(world.state, name);
  world.state.application.ownerId = owner;
  world.gateway.announceGuild(guild);
  return guild.id;
}

/**
 * Somebody adds the bot to a server that is new to it, and has people of its own; the audit log says who, by name as in the seeded server. Of one
 * that is there the bot is told anew: it came back.
 */
export function addBot(world: World, to: { readonly name?: string; readonly id?: Id; readonly by?: string }): Id {
  const { state, gateway } = world;
  const { ownerId } = state.application;
  const guild = to.id === undefined ? seedSmall(state, to.name).guild : state.guild(to.id);
  state.application.ownerId = ownerId;
  const by = personIn(state, guild, to.by);
  const { id } = state.bot;
  const role = [...guild.roles.values()].find(({ tags }) => tags?.bot_id === id);
  guild.setMember(makeMember(id, state.now(), role ? [role.id] : []));
  gateway.announceGuild(guild);
  state.audit(guild, { user_id: by, action_type: AUDIT.botAdd, target_id: id });
  return guild.id;
}

/** The bot is thrown out of a server, which goes on without it. */
export function removeBot({ state }: World, id: Id): void {
  removeMember(state, state.guild(id), state.bot.id);
}

function personIn(state: World['state'], guild: Guild, name: string | undefined): Id {
  if (name === undefined) return guild.ownerId;
  const found = [...guild.members.keys()].find((id) => state.users.get(id)?.username === name);
  if (found === undefined) throw new SandboxError(`there is no ${name} in that server`);
  return found;
}

/** The bot is put out of a server, which then is gone with all that was in it. */
export function removeGuild(world: World, id: Id): void {
  const { state } = world;
  const guild = state.guild(id);
  state.emit({ t: 'GUILD_DELETE', d: { id }, guild: id });
  for (const channel of guild.channels) {
    state.channels.delete(channel);
    state.messages.dropChannel(channel);
  }
  state.guilds.delete(id);
}

/** An outage at Discord: the server is unavailable, or back. */
export function outage(world: World, id: Id, unavailable: boolean): void {
  const guild = world.state.guild(id);
  if (unavailable) {
    world.state.emit({ t: 'GUILD_DELETE', d: { id, unavailable: true }, guild: id });
    guild.unavailable = true;
    return;
  }
  guild.unavailable = false;
  world.gateway.announceGuild(guild);
}
