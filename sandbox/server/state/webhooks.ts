import type { Id } from '../snowflake.ts';

export interface Webhook {
  readonly id: Id;
  readonly token: string;
  readonly guild: Id;
  readonly channel: Id;
  readonly creator: Id;
  readonly name: string;
  readonly avatar: string | null;
}
