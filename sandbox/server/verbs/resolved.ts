import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { channelPermissions, guildPermissions } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import type { Channel } from '../state/channels.ts';
import { partialMember } from '../state/members.ts';
import { personId, roleId, type World } from './world.ts';

type Kind = 'users' | 'members' | 'roles' | 'channels' | 'messages' | 'attachments';

/** The objects behind the ids in an interaction, as Discord encloses them. Each `add` returns the id. */
export class Resolved {
  readonly #world: World;
  readonly #kinds = new Map<Kind, Map<Id, object>>();

  constructor(world: World) {
    this.#world = world;
  }

  #put(kind: Kind, id: Id, value: object): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? new Map<Id, object>()).set(id, value));
  }

  addUser(id: Id): Id {
    const { state, seeded } = this.#world;
    this.#put('users', id, state.user(id));
    const member = seeded.guild.members.get(id);
    if (member) {
      const { deaf: _d, mute: _m, ...partial } = partialMember(member);
      this.#put('members', id, { ...partial, permissions: String(guildPermissions(seeded.guild, id)) });
    }
    return id;
  }

  addRole(id: Id): Id {
    this.#put('roles', id, this.#world.state.role(this.#world.seeded.guild, id));
    return id;
  }

  addMentionable(name: string): Id {
    const { seeded } = this.#world;
    if (seeded.guild.roles.has(name)) return this.addRole(name);
    try {
      return this.addUser(personId(this.#world, name));
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return this.addRole(roleId(this.#world, name));
    }
  }

  addChannel(channel: Channel): Id {
    const { state } = this.#world;
    const permissions = String(channelPermissions(state, channel, state.bot.id));
    const { permission_overwrites: _, ...view } = state.channelView(channel);
    this.#put('channels', channel.id, { ...view, permissions });
    return channel.id;
  }

  addAttachment(attachment: APIAttachment): Id {
    this.#put('attachments', attachment.id, attachment);
    return attachment.id;
  }

  addMessage(message: APIMessage): Id {
    this.#put('messages', message.id, message);
    return message.id;
  }

  /** Undefined when nothing was resolved, as Discord leaves the field out. */
  toJson(): object | undefined {
    if (this.#kinds.size === 0) return undefined;
    return Object.fromEntries([...this.#kinds].map(([kind, values]) => [kind, Object.fromEntries(values)]));
  }
}
