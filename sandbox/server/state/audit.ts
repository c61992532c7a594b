import type { Id } from '../snowflake.ts';

export interface AuditChange {
  readonly key: string;
  readonly old_value?: unknown;
  readonly new_value?: unknown;
}

/** One line of a server's audit log. `target_id` names who or what it was done to. */
export interface AuditEntry {
  readonly id: Id;
  readonly user_id: Id;
  readonly target_id: Id | null;
  readonly action_type: number;
  readonly changes?: readonly AuditChange[];
  readonly options?: Readonly<Record<string, string>>;
  readonly reason?: string;
}

/** What differs between two versions of a thing, for the keys given: the form the audit log shows. */
export function changesOf<T extends object>(before: T, after: T, keys: readonly (keyof T & string)[]): AuditChange[] {
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ key, old_value: before[key], new_value: after[key] }));
}
