import { type Static, Type } from '@sinclair/typebox';

/** What the bench asks of the bot that it watches, one line of JSON each on standard input. Closing it ends the bot. */
export const WatchOrder = Type.Union([
  Type.Object({
    watch: Type.Literal('begin'),
    /** Where the profile of the main thread is to be written; absent: none is taken. */
    profile: Type.Optional(Type.String()),
  }),
  Type.Object({ watch: Type.Literal('end') }),
]);
export type WatchOrder = Static<typeof WatchOrder>;

/** One look from within. Milliseconds since it began, and bytes. */
const Sample = Type.Object({
  watched: Type.Literal('sample'),
  at: Type.Number(),
  loopP99: Type.Number(),
  loopMax: Type.Number(),
  heap: Type.Number(),
});

/** The event loop came `ms` milliseconds late, at `at`, most likely because of `ran`. */
const Late = Type.Object({
  watched: Type.Literal('late'),
  at: Type.Number(),
  ms: Type.Number(),
  ran: Type.String(),
});

/** What the bot says of it, one line of JSON each on standard output, among those of its log. */
export const Watched = Type.Union([
  Type.Object({ watched: Type.Literal('begun') }),
  Sample,
  Late,
  Type.Object({ watched: Type.Literal('ended'), profiledFrom: Type.Optional(Type.Number()) }),
]);
export type Watched = Static<typeof Watched>;
export type LoopSample = Omit<Static<typeof Sample>, 'watched'>;
export type LateTurn = Omit<Static<typeof Late>, 'watched'>;
