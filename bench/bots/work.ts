import { type Static, Type } from '@sinclair/typebox';

/** What the bench's bot does besides being a bot: its only argument, as JSON. */
export const Work = Type.Object({
  inline: Type.Boolean(),
  /** Keeps the bulk lane full of tasks of so many iterations. */
  burn: Type.Optional(Type.Object({ iterations: Type.Integer({ minimum: 1 }) })),
  rules: Type.Optional(Type.Union([Type.Literal('flood'), Type.Literal('variants')])),
  /** Reads so many rows of the database over and over. */
  read: Type.Optional(
    Type.Object({ rows: Type.Integer({ minimum: 1 }), pauseMs: Type.Optional(Type.Integer({ minimum: 0 })) }),
  ),
  /** Stands still again and again, to show that the bench notices. */
  heldUp: Type.Optional(Type.Boolean()),
});
export type Work = Static<typeof Work>;
