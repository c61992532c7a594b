import { ChannelType as T } from 'discord-api-types/v10';
import { bitsOf } from '../permissions.ts';
import { type Id, snowflakeAt } from '../snowflake.ts';
import { makeChannel, type Overwrite } from '../state/channels.ts';
import { Guild } from '../state/guilds.ts';
import { makeMember } from '../state/members.ts';
import { makeRole } from '../state/roles.ts';
import type { State } from '../state/state.ts';
import { makeUser } from '../state/users.ts';
import { BOT, EVERYONE, MODERATOR } from './permission-sets.ts';

const NO_JOIN_NOTES = 1;
const DAY = 24 * 3_600_000;

/** Who and what a seeded server has, by name, so that tests and pages need no ids. */
export interface Seeded {
  readonly guild: Guild;
  readonly people: Readonly<Record<'owner' | 'moderator' | 'member' | 'newcomer' | 'bot', Id>> & Record<string, Id>;
  readonly channels: Readonly<
    Record<'general' | 'random' | 'bot-commands' | 'mod-log' | 'community' | 'lounge' | 'ideas', Id>
  > &
    Record<string, Id>;
  readonly roles: Readonly<Record<'everyone' | 'owner' | 'bot' | 'moderator' | 'member', Id>> & Record<string, Id>;
}

/** One server: owner, moderator, member and newcomer, the bot in between, and the channels a community has. */
export function seedSmall(state: State, name = 'Rockhopper Colony'): Seeded {
  const now = state.now();
  // Each server's ids differ by time, as shards are told apart by it.
  const founded = now - 400 * DAY + state.guilds.size * 10_007;
  const person = (username: string, displayName: string, ageDays: number): Id => {
    const user = makeUser({ id: snowflakeAt(now - ageDays * DAY, state.users.size + 1), username, displayName });
    state.users.set(user.id, user);
    return user.id;
  };
  const people = {
    owner: person('adelie', 'Adelie', 1_500),
    moderator: person('gentoo', 'Gentoo', 1_200),
    member: person('chinstrap', 'Chinstrap', 800),
    newcomer: person('fiordland', 'Fiordland', 2),
    bot: state.bot.id,
  };
  const guild = new Guild({ id: snowflakeAt(founded, 1), name, ownerId: people.owner, createdAt: founded });
  state.guilds.set(guild.id, guild);
  state.application.ownerId = people.owner;
  const roles = addRoles(state, guild, founded);
  guild.setMember(makeMember(people.owner, founded, [roles.owner]));
  guild.setMember(makeMember(people.moderator, founded + 10 * DAY, [roles.moderator, roles.member]));
  guild.setMember(makeMember(people.member, founded + 100 * DAY, [roles.member]));
  guild.setMember(makeMember(people.newcomer, now - DAY));
  guild.setMember(makeMember(people.bot, founded + 5 * DAY, [roles.bot]));
  for (const id of [people.owner, people.moderator, people.member]) {
    guild.presences.set(id, { status: 'online', activities: [], client_status: { desktop: 'online' } });
  }
  return { guild, people, channels: addChannels(state, guild, roles, founded), roles };
}

function addRoles(state: State, guild: Guild, founded: number) {
  const id = (count: number): Id => snowflakeAt(founded + count, 10);
  const roles = { everyone: guild.id, member: id(1), moderator: id(2), bot: id(3), owner: id(4) };
  guild.setRole(makeRole({ id: roles.everyone, name: '@everyone', permissions: EVERYONE, position: 0 }));
  guild.setRole(
    makeRole({ id: roles.member, name: 'Member', permissions: 0n, position: 1, color: 0x5dade2, mentionable: true }),
  );
  guild.setRole(
    makeRole({
      id: roles.moderator,
      name: 'Moderator',
      permissions: MODERATOR,
      position: 2,
      color: 0x2ecc71,
      hoist: true,
    }),
  );
  guild.setRole(
    makeRole({ id: roles.bot, name: state.bot.username, permissions: BOT, position: 3, botId: state.bot.id }),
  );
  const admin = bitsOf('Administrator');
  guild.setRole(
    makeRole({ id: roles.owner, name: 'Owner', permissions: admin, position: 4, color: 0xf1c40f, hoist: true }),
  );
  return roles;
}

function addChannels(state: State, guild: Guild, roles: Readonly<Record<string, Id>>, founded: number) {
  let position = 0;
  const add = (type: T, name: string, o: { parent?: Id; topic?: string; overwrites?: Overwrite[] } = {}): Id => {
    const id = snowflakeAt(founded + 1_000 + position, 20);
    state.setChannel(makeChannel({ id, guild: guild.id, type, name, position: position++, ...o }));
    return id;
  };
  const staff: Overwrite[] = [
    { id: guild.id, type: 0, allow: '0', deny: String(bitsOf('ViewChannel')) },
    ...[roles.moderator, roles.bot].map((id): Overwrite => {
      return { id: id ?? '', type: 0, allow: String(bitsOf('ViewChannel', 'SendMessages')), deny: '0' };
    }),
  ];
  const community = add(T.GuildCategory, 'Community');
  const channels = {
    community,
    general: add(T.GuildText, 'general', { parent: community, topic: 'Everything and nothing' }),
    random: add(T.GuildText, 'random', { parent: community }),
    'bot-commands': add(T.GuildText, 'bot-commands', { parent: community, topic: 'Talk to the bot here' }),
    ideas: add(T.GuildForum, 'ideas', { parent: community, topic: 'One post an idea' }),
    lounge: add(T.GuildVoice, 'lounge', { parent: community }),
    'mod-log': add(T.GuildText, 'mod-log', { overwrites: staff, topic: 'For the moderators' }),
  };
  guild.settings = { ...guild.settings, system_channel_id: channels.general, system_channel_flags: NO_JOIN_NOTES };
  return channels;
}
