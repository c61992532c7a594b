import type { Role } from '../../server/state/roles.ts';
import type { MemberSeen } from '../protocol.ts';
import type { GuildKept, Store } from '../store.ts';

/** How people, roles and channels are called and coloured, as the person acting sees them. */
export class Names {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  guild(): GuildKept | undefined {
    const { current, channels, guilds } = this.#store;
    const id = channels.get(current ?? '')?.guild_id;
    return guilds.get(id ?? '') ?? guilds.values().next().value;
  }

  member(id: string): MemberSeen | undefined {
    return this.guild()?.members.get(id);
  }

  user(id: string): string {
    const user = this.#store.users.get(id);
    return this.member(id)?.nick ?? user?.global_name ?? user?.username ?? 'unknown-user';
  }

  /** The colour of the highest role that has one. */
  colour(id: string): string | undefined {
    const role = this.rolesOf(id).find(({ color }) => color > 0);
    return role && hex(role.color);
  }

  /** The roles of a member, highest first, without `@everyone`. */
  rolesOf(id: string): Role[] {
    const roles = this.guild()?.roles;
    const own = (this.member(id)?.roles ?? []).flatMap((role) => roles?.get(role) ?? []);
    return own.sort((a, b) => b.position - a.position);
  }

  /** Only pictures of the sandbox itself; the page loads nothing from elsewhere. */
  avatar(id: string, size = 80): string {
    const user = this.#store.users.get(id);
    if (user?.avatar) return `/avatars/${id}/${user.avatar}.png?size=${size}`;
    return `/embed/avatars/${Number(BigInt.asUintN(64, BigInt(/^\d+$/.test(id) ? id : 0)) % 6n)}.png?size=${size}`;
  }

  status(id: string): string {
    return this.guild()?.presences.get(id)?.status ?? (id === this.#store.bot?.id ? 'online' : 'offline');
  }

  /** Whether the server grants this person a permission, leaving aside the channels' own rules (which the sandbox enforces). */
  may(id: string, bit: bigint): boolean {
    const guild = this.guild();
    if (!guild || guild.ownerId === id) return true;
    const everyone = guild.roles.get(guild.id);
    const all = [...this.rolesOf(id), ...(everyone ? [everyone] : [])];
    const bits = all.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
    return (bits & ADMINISTRATOR) !== 0n || (bits & bit) === bit;
  }
}

const ADMINISTRATOR = 8n;

export function hex(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
