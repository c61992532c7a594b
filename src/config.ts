import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { ConfigError } from './lib/errors.ts';

const Snowflakes = '^$|^\\s*\\d{17,20}(\\s*,\\s*\\d{17,20})*\\s*$';
const Port = '(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';
const HostPort = `^(\\[[0-9a-fA-F:]+\\]|[^:\\s/]+):${Port}$`;
const Host = `(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+)(:${Port})?`;
const Hosts = `^\\s*$|^\\s*${Host}(\\s*,\\s*${Host})*\\s*$`;
const HttpUrl = `^https?://(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+)(:${Port})?(/.*)?$`;

/** Where another service is. The host of one that the operator changed may be private and do without https. */
function outsideUrl(address: string) {
  return Type.String({ default: address, pattern: HttpUrl, outside: true, expected: 'an http or https address' });
}

/** Lists of dangerous domains, each with a name by which people are told of it. */
const List = `[a-z0-9][a-z0-9-]{0,31}=https?://[^\\s,/]+(/[^\\s,]*)?`;
const Lists = `^\\s*$|^\\s*${List}(\\s*,\\s*${List}){0,9}\\s*$`;

export const DEFAULT_HTTP_ADDRESS = '127.0.0.1:9464';

/** The environment, variable by variable. `expected` is what a person is told when a value does not fit. */
const Schema = Type.Object({
  DISCORD_TOKEN: Type.Optional(
    Type.String({ minLength: 20, secret: true, expected: 'the bot token from the Discord developer portal' }),
  ),
  DISCORD_API_URL: Type.String({
    default: 'https://discord.com/api',
    pattern: HttpUrl,
    expected: 'an http or https address',
  }),
  DISCORD_CDN_URL: Type.String({
    default: 'https://cdn.discordapp.com',
    pattern: HttpUrl,
    expected: 'an http or https address',
  }),
  ATTACHMENT_HOSTS: Type.String({ default: '', pattern: Hosts, expected: 'host or host:port, comma-separated' }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      secret: true,
      expected: 'an address such as postgres://user:password@host:5432/name',
    }),
  ),
  DATABASE_CONNECTIONS: Type.Number({
    multipleOf: 1,
    default: 10,
    minimum: 2,
    maximum: 100,
    expected: 'a whole number from 2 to 100',
  }),
  DATA_DIR: Type.String({ default: './data', minLength: 1, expected: 'a folder the bot may write to' }),
  WORKER_THREADS: Type.Optional(
    Type.Number({ multipleOf: 1, minimum: 2, maximum: 256, expected: 'a whole number from 2 to 256' }),
  ),
  FILES_AT_ONCE: Type.Number({
    multipleOf: 1,
    default: 16,
    minimum: 1,
    maximum: 1_000,
    expected: 'a whole number from 1 to 1000',
  }),
  FILES_MEGABYTES: Type.Number({
    multipleOf: 1,
    default: 100,
    minimum: 1,
    maximum: 10_000,
    expected: 'megabytes from 1 to 10000',
  }),
  FILES_WAITING: Type.Number({
    multipleOf: 1,
    default: 64,
    minimum: 0,
    maximum: 10_000,
    expected: 'a whole number from 0 to 10000',
  }),
  FILES_MAX_MEGAPIXELS: Type.Number({
    multipleOf: 1,
    default: 64,
    minimum: 1,
    maximum: 64,
    expected: 'millions of pixels from 1 to 64',
  }),
  FILES_MAX_UNPACKED_MEGABYTES: Type.Number({
    multipleOf: 1,
    default: 256,
    minimum: 1,
    maximum: 256,
    expected: 'megabytes from 1 to 256',
  }),
  MESSAGE_QUEUE: Type.Number({
    multipleOf: 1,
    default: 100,
    minimum: 1,
    maximum: 10_000,
    expected: 'batches of 16 messages from 1 to 10000',
  }),
  MISSED_MESSAGES: Type.Number({
    multipleOf: 1,
    default: 5_000,
    minimum: 0,
    maximum: 1_000_000,
    expected: 'messages from 0 to 1000000',
  }),
  SHARDS: Type.Optional(
    Type.String({ pattern: '^\\d+(\\s*,\\s*\\d+)*$', expected: 'shard numbers, comma-separated, such as 0,1' }),
  ),
  SHARD_COUNT: Type.Optional(Type.Number({ multipleOf: 1, minimum: 1, expected: 'a whole number of at least 1' })),
  FEED_HOSTS: Type.String({ default: '', pattern: Hosts, expected: 'host or host:port, comma-separated' }),
  CONTACT: Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x27\\x2a-\\x7e]{3,200}$',
      expected: 'a web or mail address of at most 200 characters',
    }),
  ),
  GITHUB_TOKEN: Type.Optional(Type.String({ secret: true, expected: 'a GitHub access token' })),
  GITHUB_URL: outsideUrl('https://api.github.com'),
  WIKIPEDIA_URL: outsideUrl('https://en.wikipedia.org/w/api.php'),
  PATTERNS_BACKTRACKING: Type.Union([Type.Literal('off'), Type.Literal('on')], {
    default: 'off',
    expected: 'on or off',
  }),
  PHISHING_LISTS: Type.String({
    default: '',
    pattern: Lists,
    outside: true,
    expected: 'at most ten of name=address, comma-separated',
  }),
  TLDR_URL: Type.String({
    default: 'https://github.com/tldr-pages/tldr/releases/latest/download/tldr.zip',
    pattern: `^off$|${HttpUrl}`,
    outside: true,
    expected: 'an http or https address, or off',
  }),
  XKCD_URL: outsideUrl('https://xkcd.com'),
  OUTSIDE_DEADLINE_MS: Type.Number({
    multipleOf: 1,
    default: 8_000,
    minimum: 100,
    maximum: 60_000,
    expected: 'milliseconds from 100 to 60000',
  }),
  HTTP_ADDRESS: Type.String({
    default: DEFAULT_HTTP_ADDRESS,
    pattern: `^off$|${HostPort}`,
    expected: 'host:port, or off',
  }),
  LOG_LEVEL: Type.Union(
    (['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info', expected: 'one of trace, debug, info, warn, error, fatal, silent' },
  ),
  LOG_FORMAT: Type.Optional(Type.Union([Type.Literal('pretty'), Type.Literal('json')], { expected: 'pretty or json' })),
  OWNER_IDS: Type.String({ default: '', pattern: Snowflakes, expected: 'Discord user ids, comma-separated' }),
  ACTIVITY_DAYS: Type.Number({
    multipleOf: 1,
    default: 400,
    minimum: 35,
    maximum: 36_500,
    expected: 'days from 35 to 36500',
  }),
  LEFT_SERVERS_DAYS: Type.Number({
    multipleOf: 1,
    default: 30,
    minimum: 1,
    maximum: 36_500,
    expected: 'days from 1 to 36500',
  }),
  PRESENCE: Type.String({
    default: 'live',
    maxLength: 128,
    expected: 'live, off, or a text of at most 128 characters',
  }),
  SHUTDOWN_GRACE_MS: Type.Number({
    multipleOf: 1,
    default: 10_000,
    minimum: 0,
    maximum: 600_000,
    expected: 'milliseconds from 0 to 600000',
  }),
  SANDBOX_ADDRESS: Type.String({ default: '127.0.0.1:4310', pattern: HostPort, expected: 'host:port' }),
});

/** What the operator chose, checked and frozen; lists are still the text they wrote (see `listOf`). */
export type Config = Readonly<Static<typeof Schema>>;
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment once, at the door. An empty variable counts as absent. Every problem is named in
 * one message: the variable and what was expected, never a value.
 */
export function parseConfig(env: Env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([key, value]) => key in Schema.properties && value !== ''),
  );
  const config = Value.Convert(Schema, Value.Default(Schema, given));
  const fits = Value.Check(Schema, config);
  const lines = fits ? contradictions(config) : misfits(config);
  if (fits && lines.length === 0) return Object.freeze(config);
  throw new ConfigError(['The configuration is not usable:', ...lines].join('\n'));
}

function misfits(config: unknown): readonly string[] {
  const wrong = new Set([...Value.Errors(Schema, config)].map(({ path }) => path.split('/')[1] ?? ''));
  return [...wrong].map((name) => `- ${name}: expected ${expectedOf(name)}`);
}

/** What each value allows on its own and all together do not. */
function contradictions({ SHARDS, SHARD_COUNT }: Config): readonly string[] {
  const shards = listOf(SHARDS).map(Number);
  if (shards.length === 0) return [];
  if (SHARD_COUNT === undefined) return ['- SHARD_COUNT: expected the number of all shards, because SHARDS names some'];
  return shards.some((shard) => shard >= SHARD_COUNT) ? ['- SHARDS: expected numbers below SHARD_COUNT'] : [];
}

/** The configuration for people's eyes: every variable, secrets masked; `unset` says what holds where nothing was chosen. */
export function describeConfig(
  config: Config,
  unset: Readonly<Record<string, string>> = {},
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(Schema.properties).map(([name, schema]) => {
    const value = config[name as keyof Config];
    if (value === undefined || value === '') return { name, value: unset[name] ?? '(not set)' };
    return { name, value: 'secret' in schema ? '(set, hidden)' : String(value) };
  });
}

/** Every configured value that must never be seen in a log, an error or a metric. */
export function secretsOf(config: Config): readonly string[] {
  return Object.entries(Schema.properties).flatMap(([name, schema]) => {
    const value = config[name as keyof Config];
    return 'secret' in schema && typeof value === 'string' ? [value] : [];
  });
}

/** The hosts of outside services that the operator named; the services' own addresses need no trust. */
export function namedHosts(config: Config): readonly string[] {
  return Object.entries(Schema.properties).flatMap(([name, schema]) => {
    const value = config[name as keyof Config];
    const named = 'outside' in schema && typeof value === 'string' && value !== schema.default;
    return named ? [...value.matchAll(/https?:\/\/[^,\s]+/g)].map(([address]) => new URL(address).host) : [];
  });
}

export interface PhishingList {
  readonly name: string;
  readonly url: string;
}

/** The lists of dangerous domains; of two with the same name the last one counts. */
export function phishingLists({ PHISHING_LISTS }: Pick<Config, 'PHISHING_LISTS'>): readonly PhishingList[] {
  const lists = listOf(PHISHING_LISTS).map((entry) => {
    const at = entry.indexOf('=');
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  });
  return [...new Map(lists)].map(([name, url]) => ({ name, url }));
}

/** The entries of a comma-separated setting. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function expectedOf(name: string): string {
  const schema = Object.entries(Schema.properties).find(([key]) => key === name)?.[1];
  return typeof schema?.expected === 'string' ? schema.expected : 'another value';
}
