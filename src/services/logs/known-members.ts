import type { Client } from 'discord.js';
import type { APIUser } from 'discord-api-types/v10';

/** What servers are told of when it is different. */
export interface MemberFacts {
  readonly roles: readonly string[];
  readonly nick: string | null;
  /** Of this server alone. */
  readonly avatar: string | null;
  readonly timeoutUntil: string | null;
  readonly joinedAt: string | null;
  readonly username: string;
  readonly displayName: string | null;
  readonly userAvatar: string | null;
}

interface Membership {
  readonly roles: readonly string[];
  readonly nick?: string | null | undefined;
  readonly avatar?: string | null | undefined;
  readonly communication_disabled_until?: string | null | undefined;
  readonly joined_at?: string | null | undefined;
}

const MOST = 50_000;

/** How members were when they were last heard of: Discord tells how they are now, and discord.js remembers a few alone. */
export class KnownMembers {
  readonly #known = new Map<string, MemberFacts>();
  /** What was known before each event; more than one kind asks. */
  readonly #before = new WeakMap<object, MemberFacts | null>();
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Somebody has joined, or has written something. */
  see(guild: string, user: APIUser, membership: Membership): void {
    const key = `${guild}:${user.id}`;
    this.#known.delete(key);
    this.#known.set(key, factsOf(user, membership));
    if (this.#known.size <= MOST) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  /** How somebody was before this event, if that is known, and how they are by it. */
  changed(event: Membership & { readonly guild_id: string; readonly user: APIUser }): {
    readonly before: MemberFacts | undefined;
    readonly after: MemberFacts;
  } {
    const { guild_id: guild, user } = event;
    let before = this.#before.get(event);
    if (before === undefined) {
      before = this.last(guild, user.id) ?? null;
      this.#before.set(event, before);
      this.see(guild, user, event);
    }
    return { before: before ?? undefined, after: factsOf(user, event) };
  }

  /** How somebody was when they were last heard of, if that is known. */
  last(guild: string, id: string): MemberFacts | undefined {
    return this.#known.get(`${guild}:${id}`) ?? this.#cached(guild, id);
  }

  #cached(guild: string, id: string): MemberFacts | undefined {
    const member = this.#client.guilds.cache.get(guild)?.members.cache.get(id);
    if (!member) return undefined;
    return {
      roles: [...member.roles.cache.keys()].filter((role) => role !== guild),
      nick: member.nickname,
      avatar: member.avatar,
      joinedAt: member.joinedAt?.toISOString() ?? null,
      timeoutUntil: member.communicationDisabledUntil?.toISOString() ?? null,
      username: member.user.username,
      displayName: member.user.globalName,
      userAvatar: member.user.avatar,
    };
  }
}

function factsOf(user: APIUser, membership: Membership): MemberFacts {
  const { roles, nick, avatar, communication_disabled_until: until, joined_at: joined } = membership;
  return {
    roles,
    nick: nick ?? null,
    avatar: avatar ?? null,
    joinedAt: joined ?? null,
    timeoutUntil: until ? new Date(until).toISOString() : null,
    username: user.username,
    displayName: user.global_name,
    userAvatar: user.avatar,
  };
}
