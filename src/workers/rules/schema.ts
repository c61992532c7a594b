import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { MOST_LETTERS } from '../patterns/limits.ts';
import { LONGEST_TERM, MOST_ACTIONS, MOST_NAMED, MOST_NODES, MOST_OWN_TERMS, MOST_RULES } from './limits.ts';

const STRICT = { additionalProperties: false };

/** `expected` is the code of the problem where a text does not fit its pattern. */
const Id = Type.String({ pattern: '^\\d{17,20}$', expected: 'id' });
const Ids = Type.Array(Id, { maxItems: MOST_NAMED });
const SomeIds = Type.Array(Id, { minItems: 1, maxItems: MOST_NAMED });
const Terms = Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_TERM }), { maxItems: MOST_OWN_TERMS });
/** As people write them, in ASCII or in their own letters; those below one count with it. */
const Domains = Type.Array(
  Type.String({ minLength: 3, maxLength: 253, pattern: '^[^\\s/:@]+\\.[^\\s/:@]+$', expected: 'domain' }),
  {
    maxItems: MOST_NAMED,
  },
);

const ListName = Type.String({ minLength: 1, maxLength: 32 });

function count(minimum: number, maximum: number) {
  return Type.Integer({ minimum, maximum });
}

function oneOf<const T extends readonly string[]>(...values: T) {
  return Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));
}

function tagged<const T extends string, const P extends Record<string, TSchema>>(type: T, properties: P) {
  return Type.Object({ type: Type.Literal(type), ...properties }, STRICT);
}

/** What a rule can look for, by its type. Whatever a trigger counts, it is hit when there are more than `over`. */
export const TRIGGERS = {
  /** Terms of the server's list of that name, of its own, or both. In a term `*` is any letters, `?` is one. */
  words: tagged('words', {
    list: Type.Optional(ListName),
    terms: Type.Optional(Terms),
    match: oneOf('word', 'part'),
    leet: Type.Optional(Type.Boolean()),
    except: Type.Optional(Terms),
  }),
  pattern: tagged('pattern', {
    source: Type.String({ minLength: 1, maxLength: MOST_LETTERS }),
    ignoreCase: Type.Boolean({ default: true }),
    of: oneOf('canonical', 'original'),
    engine: oneOf('linear', 'backtracking'),
  }),
  /**
   * Domains are written out, or stand in the server's list of that name. For `any` they are those that count (all, without), for `outside`
   * those that do not, for the others exceptions; for `listed` those of the list count like those of the operator's lists.
   */
  link: tagged('link', {
    which: oneOf('any', 'listed', 'masked', 'lookalike', 'outside'),
    domains: Type.Optional(Domains),
    list: Type.Optional(ListName),
  }),
  /** An invitation to a server that is not among these. */
  invite: tagged('invite', { allow: Ids }),
  /** So many of a hundred letters, in messages of at least so many. */
  capitals: tagged('capitals', { percent: count(1, 100), least: count(1, 1_000) }),
  /** The same letter, or the same word, so many times in a row. */
  repeats: tagged('repeats', { times: count(3, 1_000) }),
  lines: tagged('lines', { over: count(1, 1_000) }),
  length: tagged('length', { over: count(1, 4_000) }),
  emoji: tagged('emoji', { over: count(0, 1_000) }),
  mentions: tagged('mentions', { over: count(0, 100), of: oneOf('users', 'roles', 'all') }),
  everyone: tagged('everyone', {}),
  stickers: tagged('stickers', { over: count(0, 3) }),
  spoilers: tagged('spoilers', { over: count(0, 100) }),
  zalgo: tagged('zalgo', {}),
  /** A command that destroys the machine of whoever runs it. */
  shell: tagged('shell', {}),
  /** Attached files, all or of these endings (`exe`, `png`). */
  files: tagged('files', {
    over: count(0, 10),
    types: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z0-9]{1,12}$', expected: 'ending' }), {
        minItems: 1,
        maxItems: MOST_NAMED,
      }),
    ),
  }),
  /** What the inspector says of an attached file, at least. */
  file: tagged('file', { verdict: oneOf('careful', 'dangerous') }),
  /** A picture that looks like a blocked one. */
  picture: tagged('picture', {}),
  /** So many messages that are nearly the same. */
  flood: tagged('flood', { copies: count(2, 50), seconds: count(1, 3_600), by: oneOf('author', 'anyone') }),
  /** So many messages of one author. */
  rate: tagged('rate', { messages: count(2, 100), seconds: count(1, 600) }),
  'account-age': tagged('account-age', { underHours: count(1, 87_600) }),
  joined: tagged('joined', { underHours: count(1, 87_600) }),
  role: tagged('role', { any: SomeIds }),
  channel: tagged('channel', { any: SomeIds }),
  category: tagged('category', { any: SomeIds }),
  thread: tagged('thread', {}),
  forwarded: tagged('forwarded', {}),
  edited: tagged('edited', {}),
} as const;

export type TriggerType = keyof typeof TRIGGERS;
export type TriggerOf<T extends TriggerType> = Static<(typeof TRIGGERS)[T]>;
export type Trigger = { [T in TriggerType]: TriggerOf<T> }[TriggerType];

const Trigger = Type.Unsafe<Trigger>(Type.Union(Object.values(TRIGGERS)));

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Trigger;

/** `DEEPEST` and `MOST_NODES` are more than a schema can say: `check.ts` looks at them. */
const Condition = Type.Unsafe<Condition>(
  Type.Recursive((self) => {
    const several = Type.Array(self, { minItems: 1, maxItems: MOST_NODES });
    const joined = [{ all: several }, { any: several }, { not: self }].map((one) => Type.Object(one, STRICT));
    return Type.Union([...joined, Trigger]);
  }),
);

/** Seconds that something holds: a minute to five years. */
const Lasting = count(60, 5 * 365 * 86_400);
const Text = Type.String({ minLength: 1, maxLength: 1_000 });

function deed<const D extends string, const P extends Record<string, TSchema>>(name: D, properties: P) {
  return Type.Object({ do: Type.Literal(name), ...properties }, STRICT);
}

/** What a rule can do, by its name. `for` is in seconds; without it there is no end. */
export const ACTIONS = {
  delete: deed('delete', {}),
  /** The message, and all that are nearly the same in the server. */
  'delete-copies': deed('delete-copies', {}),
  warn: deed('warn', {}),
  timeout: deed('timeout', { for: count(60, 28 * 86_400) }),
  kick: deed('kick', {}),
  ban: deed('ban', { for: Type.Optional(Lasting), deleteDays: Type.Optional(count(0, 7)) }),
  'add-role': deed('add-role', { role: Id, for: Type.Optional(Lasting) }),
  'remove-role': deed('remove-role', { role: Id, for: Type.Optional(Lasting) }),
  slowmode: deed('slowmode', { seconds: count(1, 21_600), for: Lasting }),
  /** With buttons, in this channel or the one that the settings name. */
  alert: deed('alert', { channel: Type.Optional(Id) }),
  /** `deleteAfter` is in seconds. */
  reply: deed('reply', { text: Text, deleteAfter: Type.Optional(count(1, 3_600)) }),
  log: deed('log', {}),
} as const;

export type ActionName = keyof typeof ACTIONS;
export type ActionOf<A extends ActionName> = Static<(typeof ACTIONS)[A]>;
export type Action = { [A in ActionName]: ActionOf<A> }[ActionName];

const Action = Type.Unsafe<Action>(Type.Union(Object.values(ACTIONS)));

const Except = Type.Object(
  {
    roles: Type.Array(Id, { maxItems: MOST_NAMED, default: [] }),
    /** Categories as well; threads go by the channel they belong to. */
    channels: Type.Array(Id, { maxItems: MOST_NAMED, default: [] }),
    members: Type.Array(Id, { maxItems: MOST_NAMED, default: [] }),
    /** Whoever has at least this rank; the main thread looks, since ranks are known there alone. */
    rank: Type.Integer({ minimum: 0, maximum: 10, default: 3 }),
  },
  { ...STRICT, default: {} },
);

const Cooldown = Type.Object({ seconds: count(1, 86_400), per: oneOf('member', 'channel', 'server') }, STRICT);

/** What a server wants done with which messages. */
export type Rule = Static<typeof Rule>;
export const Rule = Type.Object(
  {
    /** Eight letters, made with the rule. */
    id: Type.String({ pattern: '^[a-z]{8}$', expected: 'ruleId' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    enabled: Type.Boolean({ default: true }),
    /** `observe` only says what it would have done. */
    mode: Type.Unsafe<'observe' | 'enforce'>({ ...oneOf('observe', 'enforce'), default: 'observe' }),
    on: Type.Array(oneOf('message', 'edit'), {
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
      default: ['message', 'edit'],
    }),
    when: Condition,
    except: Except,
    cooldown: Type.Optional(Cooldown),
    actions: Type.Array(Action, { maxItems: MOST_ACTIONS, default: [] }),
    points: Type.Integer({ minimum: 0, maximum: 100, default: 0 }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  STRICT,
);

/** A server's rules, in the order they are looked at. */
export const RuleSet = Type.Array(Rule, { maxItems: MOST_RULES });
