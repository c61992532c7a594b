import { randomBytes } from 'node:crypto';
import { unknown } from '../api-error.ts';
import { type Id, Snowflakes } from '../snowflake.ts';
import type { AuditEntry } from './audit.ts';
import type { Channel } from './channels.ts';
import type { Command } from './commands.ts';
import { FileStore } from './file-store.ts';
import type { Emoji, Guild } from './guilds.ts';
import type { Interaction } from './interactions.ts';
import type { Invite } from './invites.ts';
import { type Member, memberWithUser } from './members.ts';
import { MessageStore } from './message-store.ts';
import { Nonces } from './nonces.ts';
import type { Role } from './roles.ts';
import { makeUser, type User } from './users.ts';
import type { Webhook } from './webhooks.ts';

/** Something that happened: what Discord would dispatch, and to whom. */
export interface Happening {
  readonly t: string;
  readonly d: unknown;
  readonly guild?: Id;
  /** Only those who may view this channel are told. */
  readonly channel?: Id;
  /** Only this person is told, on the page; the bot is not. */
  readonly reader?: Id;
  /** The page is told, the bot is not. */
  readonly pageOnly?: true;
}

export interface StateOptions {
  readonly now: () => number;
  readonly keepMessages?: number;
}

const KEPT_INTERACTIONS = 5_000;

/** Everything the stand-in knows. Lookups throw Discord's own "Unknown ..." errors; `emit` tells gateway, page and waiters. */
export class State {
  readonly now: () => number;
  readonly ids: Snowflakes;
  readonly users = new Map<Id, User>();
  readonly guilds = new Map<Id, Guild>();
  readonly channels = new Map<Id, Channel>();
  readonly threadMembers = new Map<Id, Map<Id, { readonly joinedAt: string }>>();
  readonly messages: MessageStore;
  readonly nonces: Nonces;
  /** Ephemeral messages: known by token to the bot, by eye to one person. */
  readonly ephemerals = new Map<Id, Id>();
  readonly interactions = new Map<Id, Interaction>();
  readonly interactionsByToken = new Map<string, Interaction>();
  readonly commands = new Map<Id, Command>();
  readonly webhooks = new Map<Id, Webhook>();
  readonly invites = new Map<string, Invite>();
  /** Who reacted, by message and emoji key. */
  readonly reactions = new Map<Id, Map<string, Set<Id>>>();
  readonly pins = new Map<Id, Map<Id, string>>();
  readonly closedDms = new Set<Id>();
  readonly lastMessages = new Map<Id, Id>();
  readonly applicationEmojis = new Map<Id, Emoji>();
  readonly files = new FileStore();
  readonly token: string;
  readonly application: { readonly id: Id; readonly name: string; ownerId: Id };
  readonly listeners = new Set<(happening: Happening) => void>();
  /** Where files and pictures are served: set once the port is known. */
  baseUrl = '';
  bot: User;
  /** Which privileged intents are switched on, as the application's flags say it. Everything, unless told otherwise. */
  applicationFlags = (1 << 13) | (1 << 15) | (1 << 19);

  constructor(o: StateOptions) {
    this.now = o.now;
    this.ids = new Snowflakes(o.now);
    this.messages = new MessageStore(o.keepMessages ?? 10_000);
    this.nonces = new Nonces(o.now);
    const id = this.ids.next();
    this.bot = makeUser({ id, username: 'Rockhopper', bot: true });
    this.users.set(id, this.bot);
    this.application = { id, name: 'Rockhopper', ownerId: id };
    this.token = `sandbox.${Buffer.from(id).toString('base64url')}.${randomBytes(24).toString('base64url')}`;
  }

  emit(happening: Happening): void {
    for (const listener of this.listeners) listener(happening);
  }

  guild(id: Id | undefined): Guild {
    const guild = this.guilds.get(id ?? '');
    if (!guild) throw unknown('guild');
    return guild;
  }

  channel(id: Id): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw unknown('channel');
    return channel;
  }

  user(id: Id): User {
    const user = this.users.get(id);
    if (!user) throw unknown('user');
    return user;
  }

  role(guild: Guild, id: Id): Role {
    const role = guild.roles.get(id);
    if (!role) throw unknown('role');
    return role;
  }

  /** Someone who exists but is not in the server is an unknown member; someone who does not exist, an unknown user. */
  member(guild: Guild, id: Id): Member {
    const member = guild.members.get(id);
    if (member) return member;
    throw unknown(this.users.has(id) ? 'member' : 'user');
  }

  memberView(member: Member): ReturnType<typeof memberWithUser> {
    return memberWithUser(member, this.user(member.user_id));
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.guild_id === undefined ? undefined : this.guilds.get(channel.guild_id);
  }

  setChannel(channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    const guild = this.guildOf(channel);
    guild?.channels.add(channel.id);
    guild?.permissionCache.clear();
    return channel;
  }

  /** A channel as Discord shows it, with the id of its latest message (which may be deleted by now). */
  channelView(channel: Channel): Channel {
    if (channel.last_message_id === undefined) return channel;
    return { ...channel, last_message_id: this.lastMessages.get(channel.id) ?? null };
  }

  channelsOf(guild: Guild): Channel[] {
    return [...guild.channels].flatMap((id) => this.channels.get(id) ?? []);
  }

  addInteraction(interaction: Interaction): void {
    this.interactions.set(interaction.id, interaction);
    this.interactionsByToken.set(interaction.token, interaction);
    for (const [id, oldest] of this.interactions) {
      if (this.interactions.size <= KEPT_INTERACTIONS) return;
      this.interactions.delete(id);
      this.interactionsByToken.delete(oldest.token);
    }
  }

  audit(guild: Guild, entry: Omit<AuditEntry, 'id'>): void {
    const whole: AuditEntry = { id: this.ids.next(), ...entry };
    guild.audit.push(whole);
    if (guild.audit.length > 5_000) guild.audit.splice(0, 1_000);
    this.emit({ t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { ...whole, guild_id: guild.id }, guild: guild.id });
  }
}
