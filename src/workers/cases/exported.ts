import { type Static, Type } from '@sinclair/typebox';

const Text = Type.Union([Type.String(), Type.Null()]);

const Event = Type.Object({ at: Type.String(), by: Text, kind: Type.String(), before: Text, after: Text });

/** A case as the database gives it. Moments are as in ISO 8601. */
export const Exported = Type.Object({
  number: Type.Integer(),
  type: Type.String(),
  state: Type.String(),
  target: Type.String(),
  targetName: Type.String(),
  moderator: Text,
  moderatorName: Type.String(),
  reason: Text,
  source: Type.String(),
  createdAt: Type.String(),
  until: Text,
  /** From when it was made to its end. */
  seconds: Type.Union([Type.Number(), Type.Null()]),
  endedAt: Text,
  settledAt: Text,
  points: Type.Integer(),
  silent: Type.Boolean(),
  told: Text,
  hidden: Type.Boolean(),
  voidedBy: Text,
  auditId: Text,
  logChannel: Text,
  logMessage: Text,
  data: Type.Unknown(),
  /** What was noted and changed, the oldest of it first. */
  events: Type.Array(Event),
  /** How many there were before those. */
  earlierEvents: Type.Integer(),
});

/** Something that shows what happened. */
export const Piece = Type.Object({
  kind: Type.String(),
  name: Type.Optional(Type.String()),
  url: Type.String(),
  text: Type.Optional(Type.String()),
  size: Type.Optional(Type.Number()),
  /** Where in the log it is kept. */
  kept: Type.Optional(Type.Object({ channel: Type.String(), message: Type.String() })),
  /** Why it could not be kept. */
  lost: Type.Optional(Type.String()),
});

/** The whole of it. */
export interface WholeCase extends Static<typeof Exported> {
  readonly voidReason: string | null;
  readonly evidence: readonly Static<typeof Piece>[];
}
