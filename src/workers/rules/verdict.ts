import { type Static, Type } from '@sinclair/typebox';
import { SharedBytes } from '../shared-bytes.ts';
import { MOST_BYTES } from './limits.ts';

/** Compiled rules as they cross to a thread, with the lists of dangerous domains that hold for all servers. */
export type SentRules = Static<typeof SentRules>;
export const SentRules = Type.Object({
  /** Unlike that of any other server's, and of any others of this server's. */
  version: Type.String(),
  buffer: SharedBytes(MOST_BYTES),
  domains: Type.Object({
    version: Type.String(),
    lists: Type.Array(Type.Object({ name: Type.String(), hashes: SharedBytes(256 * 1_048_576) })),
  }),
});

/** What people see of a message beside what its author typed. */
const Shown = Type.Object({
  /** Texts of the messages that it forwards. */
  forwarded: Type.Optional(Type.String()),
  /** Titles, descriptions, fields and footers of embeds. */
  embeds: Type.Optional(Type.String()),
  /** A poll's question and answers. */
  poll: Type.Optional(Type.String()),
  files: Type.Optional(Type.Array(Type.String())),
  stickers: Type.Optional(Type.Array(Type.String())),
});

/** One message, for a thread. */
export type JudgeInput = Static<typeof JudgeInput>;
export const JudgeInput = Type.Object({
  /** Without them nothing is judged. */
  rules: Type.Optional(SentRules),
  text: Type.String(),
  shown: Type.Optional(Shown),
  author: Type.Object({
    id: Type.String(),
    roles: Type.Array(Type.String()),
    /** Milliseconds since the account was made, and since it joined, where that is known. */
    accountMs: Type.Number(),
    joinedMs: Type.Optional(Type.Number()),
  }),
  channel: Type.Object({
    id: Type.String(),
    /** Of a thread: the channel it belongs to. */
    parent: Type.Optional(Type.String()),
    category: Type.Optional(Type.String()),
  }),
  edited: Type.Boolean(),
  forwarded: Type.Boolean(),
  /** Whether to count words, links and mentions, too. */
  count: Type.Boolean(),
  /** Whether to say of each rule what it found and why; slow. */
  explain: Type.Optional(Type.Boolean()),
});

/** `[from, to)` in UTF-16 units of the text as it was written. */
const Span = Type.Tuple([Type.Integer(), Type.Integer()]);

/** Where something may be found that its author did not type. */
const PLACES = ['forwarded', 'embeds', 'poll', 'files', 'stickers'] as const;

/** What was found in another place than the text: the words themselves, at most a hundred letters; of hits without secrets. */
export type Elsewhere = Static<typeof Elsewhere>;
const Elsewhere = Type.Object({
  place: Type.Union(PLACES.map((place) => Type.Literal(place))),
  text: Type.String(),
});

/**
 * What the main thread has to close before a rule is hit: triggers by their number in the rule (from 0, in the order they are
 * written, `triggersOf`), and what joins them. Open are `file`, `picture`, `flood`, `rate`, invitations where some are allowed,
 * and patterns that backtrack.
 */
export type Residue =
  | number
  | { readonly all: readonly Residue[] }
  | { readonly any: readonly Residue[] }
  | { readonly not: Residue };
const Residue = Type.Unsafe<Residue>(
  Type.Recursive((self) =>
    Type.Union([
      Type.Integer({ minimum: 0 }),
      Type.Object({ all: Type.Array(self) }),
      Type.Object({ any: Type.Array(self) }),
      Type.Object({ not: self }),
    ]),
  ),
);

/** A rule that holds, or would if what is open does. */
export type Hit = Static<typeof Hit>;
const Hit = Type.Object({
  /** Its place in the rules that were compiled. */
  rule: Type.Integer({ minimum: 0 }),
  spans: Type.Array(Span),
  elsewhere: Type.Optional(Type.Array(Elsewhere)),
  late: Type.Optional(Residue),
});

/** What tells a message from others that are nearly the same. */
export type Print = Static<typeof Print>;
const Print = Type.Object({
  /** The simhash of the canonical text, and how long that is: of a few letters it says little. */
  text: Type.Tuple([Type.Integer(), Type.Integer()]),
  letters: Type.Integer(),
  /** Hashes of where its links lead, sorted. */
  links: Type.Array(Type.Integer()),
});

/** What came of one trigger; `skipped` where the rest had decided already, or there was no time. */
const Outcome = Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('open'), Type.Literal('skipped')]);

/** One trigger of a rule, by its number in it, and what it found: which term, how many, which domain. */
export type Why = Static<typeof Why>;
const Why = Type.Object({
  trigger: Type.Integer(),
  outcome: Outcome,
  spans: Type.Array(Span),
  elsewhere: Type.Array(Elsewhere),
  details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

/** One rule: what came of it, what decided before its condition was looked at, and its cost in microseconds. */
export type ExplainedRule = Static<typeof ExplainedRule>;
const ExplainedRule = Type.Object({
  rule: Type.Integer(),
  outcome: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('open')]),
  /** Why the rule is not looked at here at all; it is explained all the same. */
  stays: Type.Optional(
    Type.Union([
      Type.Literal('disabled'),
      Type.Literal('notOn'),
      Type.Literal('role'),
      Type.Literal('channel'),
      Type.Literal('member'),
      Type.Literal('unreadable'),
    ]),
  ),
  us: Type.Number(),
  why: Type.Array(Why),
});

/** All that is known of a message, for people who ask. */
export type Explained = Static<typeof Explained>;
const Explained = Type.Object({
  canonical: Type.String(),
  /** What else it may be read as, with figures and signs as letters; a line each, empty for nothing. */
  readings: Type.String(),
  /** Microseconds that reading the text took, before any rule. */
  us: Type.Number(),
  rules: Type.Array(ExplainedRule),
});

/** What a thread says of a message. */
export type Verdict = Static<typeof Verdict>;
export const Verdict = Type.Object({
  activity: Type.Optional(Type.Object({ words: Type.Integer(), links: Type.Integer(), mentions: Type.Integer() })),
  /** In the order of the rules. */
  hits: Type.Array(Hit),
  /** The text without secrets, where there are hits and it has some: as long as it was. */
  masked: Type.Optional(Type.String()),
  /** Where a rule looks for floods. */
  print: Type.Optional(Print),
  /** Codes of invitations, where a trigger about them is open. */
  invites: Type.Optional(Type.Array(Type.String())),
  /** Rules that took over 50 microseconds, and how many. */
  slow: Type.Optional(Type.Array(Type.Object({ rule: Type.Integer(), us: Type.Number() }))),
  /** Rules that there was no time for: a budget bounds what a message can cost. */
  skipped: Type.Optional(Type.Array(Type.Integer())),
  explained: Type.Optional(Explained),
});
