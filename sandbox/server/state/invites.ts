import type { Id } from '../snowflake.ts';

export interface Invite {
  readonly code: string;
  readonly guild: Id;
  readonly channel: Id;
  readonly inviter: Id;
  readonly maxAge: number;
  readonly maxUses: number;
  readonly temporary: boolean;
  readonly createdAt: number;
  readonly uses: number;
}
