import { type Static, Type } from '@sinclair/typebox';
import { isZone } from '../../lib/time/zones.ts';
import { defineArea } from './area.ts';
import { FILE_LIMITS } from './file-limits.ts';
import { badPlaceholder } from './letter-placeholders.ts';

/** The highest limit of what one account may do in a short time. */
export const MOST_BRAKED = 100_000;
/** More accounts than a server ever has that moderate. */
const MOST_FROZEN = 1_000;

const Channel = Type.Optional(Type.String({ pattern: '^\\d{17,20}$', expected: 'settings.expected.channel' }));

function limit(bounds: { readonly default: number; readonly minimum: number; readonly maximum: number }) {
  return Type.Integer({ ...bounds, expected: 'settings.expected.limit' });
}

function brake(most: number) {
  return Type.Integer({ default: most, minimum: 0, maximum: MOST_BRAKED, expected: 'settings.expected.limit' });
}

const Rank = Type.Integer({ minimum: 0, maximum: 10 });

/** Ranks by the id of a role or a person. */
const RanksById = Type.Record(Type.String({ pattern: '^\\d{17,20}$' }), Rank, {
  default: {},
  maxProperties: 100,
  additionalProperties: false,
  expected: 'settings.expected.ranks',
});

export const MOST_WIKI_SITES = 10;

/** A wiki: how people name it, and where its API is. */
const WikiSite = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 32 }),
    api: Type.String({ pattern: '^https://', maxLength: 300 }),
  },
  { additionalProperties: false },
);

/** What is done to a member when their points reach so many; for how long, where that ends. */
const Rung = Type.Object(
  {
    points: Type.Integer({ minimum: 1, maximum: 10_000 }),
    action: Type.Union([Type.Literal('timeout'), Type.Literal('kick'), Type.Literal('ban')]),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 * 365 * 1_440 })),
  },
  { additionalProperties: false },
);

/** Somebody of whom automod sees nothing, and who has said so. */
const Trusted = Type.Object(
  {
    member: Type.String({ pattern: '^\\d{17,20}$' }),
    by: Type.String({ pattern: '^\\d{17,20}$' }),
    /** Milliseconds since 1970. */
    at: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

/** Roles or channels that no rule of automod looks at. */
const Exempt = Type.Array(Type.String({ pattern: '^\\d{17,20}$' }), {
  default: [],
  maxItems: 100,
  uniqueItems: true,
  expected: 'settings.expected.exempt',
});

const MOST_TRUSTED = 1_000;
export const MOST_SAVED_REASONS = 50;
export const MOST_RUNGS = 10;
export const LONGEST_LETTER = 1_000;

/** Every area, one line each. */
export const AREAS = {
  /** What holds for all rules of automod. */
  automod: defineArea({
    schema: Type.Object(
      {
        /** Where alerts go of rules that name no channel; without one into the log. */
        alertChannel: Channel,
        /** Where is told what rules log; without one in the log. */
        logChannel: Channel,
        exemptRoles: Exempt,
        /** Categories and their channels, and channels with their threads. */
        exemptChannels: Exempt,
        /** Of whoever has at least this rank nothing is judged; each rule has one of its own besides. */
        exemptRank: Type.Integer({ default: 10, minimum: 0, maximum: 10, expected: 'settings.expected.rank' }),
        /** Whether what webhooks write is judged, too. */
        webhooks: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
        trusted: Type.Array(Trusted, { default: [], maxItems: MOST_TRUSTED, expected: 'settings.expected.trusted' }),
      },
      { additionalProperties: false },
    ),
  }),
  general: defineArea({
    schema: Type.Object(
      {
        language: Type.Union([Type.Literal('en')], { default: 'en', expected: 'settings.expected.language' }),
        timeZone: Type.String({ default: 'UTC', maxLength: 64, expected: 'settings.expected.timeZone' }),
      },
      { additionalProperties: false },
    ),
    fits: { timeZone: isZone },
  }),
  files: defineArea({
    schema: Type.Object(
      {
        /** What is done with a picture that looks like one the server's moderators have blocked. */
        shield: Type.Union([Type.Literal('off'), Type.Literal('flag'), Type.Literal('delete')], {
          default: 'delete',
          expected: 'settings.expected.shield',
        }),
        /** Whether pictures that other servers have blocked are flagged; they are never deleted for that. */
        sharedLists: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
        /** Whether uploads of text are looked through for secrets, and their authors warned. */
        watchUploads: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
        maxMegabytes: limit(FILE_LIMITS.maxMegabytes),
        downloadSeconds: limit(FILE_LIMITS.downloadSeconds),
        unpackedMegabytes: limit(FILE_LIMITS.unpackedMegabytes),
        entries: limit(FILE_LIMITS.entries),
        depth: limit(FILE_LIMITS.depth),
        megapixels: limit(FILE_LIMITS.megapixels),
        frames: limit(FILE_LIMITS.frames),
        pages: limit(FILE_LIMITS.pages),
        rows: limit(FILE_LIMITS.rows),
        openingMilliseconds: limit(FILE_LIMITS.openingMilliseconds),
      },
      { additionalProperties: false },
    ),
  }),
  /** The role of those in jail, and the one channel they see. */
  jail: defineArea({
    schema: Type.Object({ role: Channel, channel: Channel }, { additionalProperties: false }),
  }),
  logs: defineArea({
    schema: Type.Object({ logChannel: Channel, ownersChannel: Channel }, { additionalProperties: false }),
  }),
  moderation: defineArea({
    schema: Type.Object(
      {
        /** Reasons that are offered while a moderator types one. */
        reasons: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          default: [],
          maxItems: MOST_SAVED_REASONS,
          uniqueItems: true,
          expected: 'settings.expected.reasons',
        }),
        /** What a member is told to do who thinks that an action is wrong. */
        appeal: Type.Optional(Type.String({ minLength: 1, maxLength: 500, expected: 'settings.expected.words' })),
        /** What a member is told instead of the bot's own words, by the type of the action. */
        letters: Type.Record(
          Type.String({ pattern: '^[a-z-]{1,32}$' }),
          Type.String({ minLength: 1, maxLength: LONGEST_LETTER }),
          { default: {}, maxProperties: 30, additionalProperties: false, expected: 'settings.expected.letters' },
        ),
        ladder: Type.Array(Rung, { default: [], maxItems: MOST_RUNGS, expected: 'settings.expected.ladder' }),
        /** Above so many in `brakeMinutes` by one account its rank is frozen; 0 is no brake. */
        brakeBans: brake(30),
        brakeKicks: brake(30),
        brakeRoles: brake(50),
        /** Channels, roles, emojis, stickers. */
        brakeDeletions: brake(10),
        brakeMessages: brake(3_000),
        brakeMinutes: Type.Integer({ default: 60, minimum: 1, maximum: 1_440, expected: 'settings.expected.limit' }),
        /** Whether whoever is frozen also loses the roles that let them moderate in Discord itself. */
        brakeTakesRoles: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
        /** Of one warning, by whoever may not do themselves what points lead to. */
        mostPoints: Type.Integer({ default: 5, minimum: 1, maximum: 100, expected: 'settings.expected.limit' }),
        /** What becomes a case besides when people do it in Discord itself; removals and timeouts always do. */
        recorded: Type.Array(Type.Union([Type.Literal('nicks'), Type.Literal('roles'), Type.Literal('voice')]), {
          default: ['voice'],
          uniqueItems: true,
          expected: 'settings.expected.recorded',
        }),
        /** For how long points count. */
        decayDays: Type.Integer({ default: 30, minimum: 1, maximum: 3_650, expected: 'settings.expected.limit' }),
      },
      { additionalProperties: false },
    ),
    fits: { letters: (letters) => Object.values(letters).every((one) => badPlaceholder(one) === undefined) },
  }),
  permissions: defineArea({
    schema: Type.Object(
      {
        roles: RanksById,
        people: RanksById,
        /** Whose rank is 0 until an owner lifts it, by their id. */
        frozen: Type.Array(Type.String({ pattern: '^\\d{17,20}$' }), {
          default: [],
          maxItems: MOST_FROZEN,
          uniqueItems: true,
          expected: 'settings.expected.ranks',
        }),
        /** The rank each command needs where it is not the one it comes with; by its name, without the slash. */
        commands: Type.Record(Type.String({ pattern: '^[a-z0-9_ -]{1,70}$' }), Rank, {
          default: {},
          maxProperties: 200,
          additionalProperties: false,
          expected: 'settings.expected.ranks',
        }),
      },
      { additionalProperties: false },
    ),
  }),
  reports: defineArea({
    schema: Type.Object(
      {
        /** Where the report of each day goes; without one there is none. */
        reportChannel: Channel,
        /** The server's own time for it, by its own clock; 09:00 UTC without one. */
        reportTime: Type.Optional(
          Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', expected: 'settings.expected.reportTime' }),
        ),
        /** On which days then; 1 is Monday. */
        reportDays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
          default: [1, 2, 3, 4, 5, 6, 7],
          minItems: 1,
          maxItems: 7,
          uniqueItems: true,
          expected: 'settings.expected.reportTime',
        }),
        /** Where the bot tells three times a day how it is doing; without one it does not. */
        statusChannel: Channel,
      },
      { additionalProperties: false },
    ),
  }),
  wiki: defineArea({
    schema: Type.Object(
      {
        /** What `/wiki` can ask besides Wikipedia. */
        sites: Type.Array(WikiSite, { default: [], maxItems: MOST_WIKI_SITES, expected: 'settings.expected.wikis' }),
      },
      { additionalProperties: false },
    ),
  }),
} as const;

export type AreaName = keyof typeof AREAS;
export type AreaValue<N extends AreaName> = Readonly<Static<(typeof AREAS)[N]['schema']>>;
