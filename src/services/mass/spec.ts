import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { MassRun } from '../../db/mass-runs.ts';

/** What is done to each member of a run. */
export const MembersSpec = Type.Object({
  reason: Type.Optional(Type.String()),
  /** How long it lasts, from when it is done. Milliseconds. */
  durationMs: Type.Optional(Type.Integer({ minimum: 1 })),
  deleteDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })),
  tell: Type.Boolean(),
  /** The role that is given or taken. */
  role: Type.Optional(Type.String()),
});
export type MembersSpec = Static<typeof MembersSpec>;

/** What is deleted where, and why. */
export const PurgeSpec = Type.Object({ channel: Type.String(), reason: Type.Optional(Type.String()) });

export function membersSpec({ spec }: MassRun): MembersSpec {
  return Value.Decode(MembersSpec, spec);
}

export function purgeSpec({ spec }: MassRun): Static<typeof PurgeSpec> {
  return Value.Decode(PurgeSpec, spec);
}
