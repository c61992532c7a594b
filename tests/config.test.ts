import { describe, expect, test } from 'vitest';
import { describeConfig, listOf, parseConfig, secretsOf } from '../src/config.ts';
import { ConfigError } from '../src/lib/errors.ts';

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789ab';

function problemsOf(env: Record<string, string>): string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('nothing needs to be set', () => {
  expect(parseConfig({})).toMatchObject({
    DISCORD_API_URL: 'https://discord.com/api',
    DATA_DIR: './data',
    HTTP_ADDRESS: '127.0.0.1:9464',
    LOG_LEVEL: 'info',
    SHUTDOWN_GRACE_MS: 10_000,
    SANDBOX_ADDRESS: '127.0.0.1:4310',
  });
  expect(parseConfig({})).not.toHaveProperty('DISCORD_TOKEN');
});

test('what is set is read, numbers as numbers', () => {
  const env = { DISCORD_TOKEN: TOKEN, WORKER_THREADS: '4', SHARDS: '0, 1', SHARD_COUNT: '2', HTTP_ADDRESS: 'off' };
  expect(parseConfig(env)).toMatchObject({ ...env, WORKER_THREADS: 4, SHARD_COUNT: 2 });
});

test('an empty variable is the same as none, and others than ours are none of our business', () => {
  const empty = Object.fromEntries(Object.keys(parseConfig({})).map((name) => [name, '']));
  expect(parseConfig({ ...empty, DISCORD_TOKEN: '', WORKER_THREADS: '', PATH: '/bin', HOME: undefined })).toEqual(
    parseConfig({}),
  );
});

test('it cannot be changed afterwards', () => {
  const config = parseConfig({});
  expect(() => Object.assign(config, { DATA_DIR: 'elsewhere' })).toThrow(TypeError);
});

describe('what is wrong', () => {
  test('is told all at once, each by name and what was expected', () => {
    const lines = problemsOf({
      DISCORD_TOKEN: 'short',
      DATABASE_URL: 'mysql://root:pa55word@db/x',
      WORKER_THREADS: 'many',
      SHARDS: 'zero',
      HTTP_ADDRESS: 'nowhere',
      LOG_LEVEL: 'loud',
      LOG_FORMAT: 'xml',
      OWNER_IDS: '1,2',
      SHUTDOWN_GRACE_MS: '-1',
    });
    expect(lines).toEqual([
      'The configuration is not usable:',
      '- DISCORD_TOKEN: expected the bot token from the Discord developer portal',
      '- DATABASE_URL: expected an address such as postgres://user:password@host:5432/name',
      '- WORKER_THREADS: expected a whole number from 2 to 256',
      '- SHARDS: expected shard numbers, comma-separated, such as 0,1',
      '- HTTP_ADDRESS: expected host:port, or off',
      '- LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent',
      '- LOG_FORMAT: expected pretty or json',
      '- OWNER_IDS: expected Discord user ids, comma-separated',
      '- SHUTDOWN_GRACE_MS: expected milliseconds from 0 to 600000',
    ]);
  });

  test.each([
    ['WORKER_THREADS', ['1', '0', '-2', '2.5', '257', 'NaN', '1e9', 'two']],
    ['SHARD_COUNT', ['0', '-1', 'all']],
    ['SHUTDOWN_GRACE_MS', ['600001', 'soon', '1.5']],
    ['HTTP_ADDRESS', ['9464', 'localhost', 'localhost:', ':9464', 'localhost:port', 'OFF']],
    ['SANDBOX_ADDRESS', ['off', '4310']],
    ['DISCORD_API_URL', ['discord.com/api', 'ftp://discord.com']],
    ['OWNER_IDS', ['me', '12345678901234567 12345678901234568']],
  ])('%s', (name, values) => {
    for (const value of values) expect(problemsOf({ [name]: value }), value).toHaveLength(2);
  });

  test('never shows a value, least of all a secret', () => {
    const message = problemsOf({ DISCORD_TOKEN: 'hunter2', DATABASE_URL: 'mysql://root:pa55word@db/x' }).join();
    expect(message).not.toMatch(/hunter2|pa55word|mysql/);
  });
});

test('for people it is described with secrets hidden and the unset named', () => {
  const config = parseConfig({
    DISCORD_TOKEN: TOKEN,
    DATABASE_URL: 'postgres://bot:pa55word@db/bot',
    WORKER_THREADS: '4',
  });
  const described = Object.fromEntries(describeConfig(config).map(({ name, value }) => [name, value]));
  expect(described).toMatchObject({
    DISCORD_TOKEN: '(set, hidden)',
    DATABASE_URL: '(set, hidden)',
    GITHUB_TOKEN: '(not set)',
    OWNER_IDS: '(not set)',
    WORKER_THREADS: '4',
    DATA_DIR: './data',
  });
  expect(JSON.stringify(described)).not.toMatch(/pa55word|abcdefgh/);
  expect(secretsOf(config)).toEqual([TOKEN, 'postgres://bot:pa55word@db/bot']);
});

test('lists are read with room for spaces and empty entries', () => {
  expect(listOf(' a, b:1 ,,c ')).toEqual(['a', 'b:1', 'c']);
  expect(listOf(undefined)).toEqual([]);
});

test.each([
  ['HTTP_ADDRESS', '127.0.0.1:99999'],
  ['SANDBOX_ADDRESS', 'localhost:70000'],
  ['DISCORD_API_URL', 'http://:x'],
  ['DISCORD_CDN_URL', 'https://'],
  ['ATTACHMENT_HOSTS', 'http://x'],
])('%s refuses %s', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(name);
});

test.each([
  [{ SHARDS: '0,1' }, 'SHARD_COUNT: expected the number of all shards'],
  [{ SHARDS: '0,4', SHARD_COUNT: '4' }, 'SHARDS: expected numbers below SHARD_COUNT'],
])('what cannot work together is refused at once: %j', (env, words) => {
  expect(() => parseConfig(env)).toThrow(words);
});

test.each(['cdn.example.org', 'cdn.example.org:8080, other.example', '[::1]:80'])(
  'attachments may come from %s',
  (hosts) => {
    expect(parseConfig({ ATTACHMENT_HOSTS: hosts }).ATTACHMENT_HOSTS).toBe(hosts);
  },
);
