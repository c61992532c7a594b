import type { Id } from '../snowflake.ts';
import type { User } from './users.ts';

/** Someone's place in a server. Replaced, never changed in place, so that events already sent stay as they were. */
export interface Member {
  readonly user_id: Id;
  readonly nick: string | null;
  readonly avatar: string | null;
  readonly banner: string | null;
  readonly roles: readonly Id[];
  readonly joined_at: string;
  readonly premium_since: string | null;
  readonly deaf: boolean;
  readonly mute: boolean;
  readonly pending: boolean;
  readonly flags: number;
  readonly communication_disabled_until: string | null;
}

export type MemberView = Omit<Member, 'user_id'>;

export function makeMember(user: Id, joinedAt: number, roles: readonly Id[] = []): Member {
  return {
    user_id: user,
    nick: null,
    avatar: null,
    banner: null,
    roles,
    joined_at: new Date(joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

/** A member as messages carry it: without the user, which stands beside it. */
export function partialMember({ user_id: _, ...member }: Member): MemberView {
  return member;
}

export function memberWithUser(member: Member, user: User): MemberView & { user: User } {
  return { ...partialMember(member), user };
}
