import { REST, type RequestMethod } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../../sandbox/server/http/form.ts';
import type { RecordedRequest } from '../../sandbox/server/journal.ts';
import { allRoutes } from '../../sandbox/server/routes/routes.ts';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { type Example, examplesOf } from './examples.ts';
import { type Furnished, furnish } from './furnish.ts';
import { readOfficial } from './official.ts';

const official = await readOfficial();
const NOBODY = '100000000000000009';

await using first = await furnish();
const ROUTES = allRoutes(first.sandbox.gateway).map(({ method, path, open }) => ({ method, path, open }));

function clientOf(sandbox: Sandbox, token = sandbox.token): REST {
  const sweeping = { hashSweepInterval: 0, handlerSweepInterval: 0 };
  return new REST({ api: sandbox.apiUrl, retries: 0, ...sweeping }).setToken(token);
}

interface Asked {
  readonly token?: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly file?: boolean;
}

/** Asks as the bot and returns what was asked and answered, also when discord.js throws at the answer. */
async function ask(sandbox: Sandbox, method: string, path: string, asked: Asked): Promise<RecordedRequest> {
  const mark = sandbox.mark();
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(asked.params[name] ?? NOBODY));
  const request = {
    method: method as RequestMethod,
    fullRoute: filled as `/${string}`,
    ...(asked.query && { query: new URLSearchParams(asked.query) }),
    ...(asked.body !== undefined && { body: asked.body }),
    ...(asked.file && { appendToFormData: true, files: [{ key: 'file', name: 'a.png', data: Buffer.from([1]) }] }),
  };
  // A client of its own each time: discord.js forgets its token after the first 401.
  await clientOf(sandbox, asked.token)
    .request(request)
    .catch(() => undefined);
  const recorded = sandbox.requests(mark).at(-1);
  if (!recorded) throw new Error(`${method} ${filled} did not arrive`);
  return recorded;
}

async function exampleFor(world: Furnished, name: string): Promise<Example & Asked> {
  const example = examplesOf(world)[name] ?? {};
  let last: unknown;
  for (const [method, path, body] of example.before ?? []) {
    last = await world.sandbox.rest(method, path, { as: 'bot', body });
  }
  const made: unknown = Array.isArray(last) ? last[0] : last;
  const params = Object.entries({ ...world.ids, ...example.params }).map(([key, value]) => {
    return [key, value === 'LAST' && isRecord(made) ? String(made.id) : value];
  });
  return { ...example, params: Object.fromEntries(params) };
}

describe.skipIf(!official).each(ROUTES)("$method $path, held against Discord's own description", (route) => {
  const { method, path, open } = route;
  const name = `${method} ${path}`;

  test('answers what is right as described', async () => {
    await using world = await furnish();
    const asked = await exampleFor(world, name);
    const answer = await ask(world.sandbox, method, path, asked);
    expect({ status: answer.status, answer: answer.answer }).toMatchObject({ status: expect.toSatisfy(isFine) });
    expect(official?.problems(answer)).toEqual([]);
    expect(dispatched(world.sandbox)).toEqual([]);
    expect(crashes(world.sandbox)).toEqual([]);
  });

  test('refuses what is wrong as described', async () => {
    await using world = await furnish();
    const { sandbox } = world;
    const asked = await exampleFor(world, name);
    const answers: RecordedRequest[] = [];
    if (!open) answers.push(await ask(sandbox, method, path, { ...asked, token: 'wrong' }));
    for (const [, param = ''] of path.matchAll(/\{(\w+)\}/g)) {
      answers.push(await ask(sandbox, method, path, { ...asked, params: { ...asked.params, [param]: NOBODY } }));
    }
    for (const { status, path: to } of answers) expect(`${to} ${status}`).toMatch(/ 4\d\d$/);
    for (const body of official?.garbage(method, path) ?? []) {
      answers.push(
        await ask(sandbox, method, path, {
          ...asked,
          body: isRecord(asked.body) ? { ...asked.body, ...body } : body,
        }),
      );
    }
    const refusals = answers.filter(({ status }) => status >= 400);
    expect(refusals.flatMap((answer) => official?.problems(answer) ?? [])).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(crashes(sandbox)).toEqual([]);
  });
});

const isFine = (status: unknown): boolean => typeof status === 'number' && status < 300;

function crashes(sandbox: Sandbox): unknown[] {
  return sandbox.journal.since().filter(({ kind }) => kind === 'crash');
}

/** Where the REST objects inside events stand, and which of the description's schemas is theirs. */
const INSIDE: Readonly<Record<string, readonly (readonly [key: string, schema: string])[]>> = {
  CHANNEL_CREATE: [['', 'GuildChannelResponse']],
  CHANNEL_DELETE: [['', 'GuildChannelResponse']],
  CHANNEL_UPDATE: [['', 'GuildChannelResponse']],
  GUILD_AUDIT_LOG_ENTRY_CREATE: [['', 'AuditLogEntryResponse']],
  GUILD_BAN_ADD: [['user', 'UserResponse']],
  GUILD_BAN_REMOVE: [['user', 'UserResponse']],
  GUILD_MEMBER_ADD: [['', 'GuildMemberResponse']],
  GUILD_MEMBER_REMOVE: [['user', 'UserResponse']],
  GUILD_MEMBER_UPDATE: [['', 'GuildMemberResponse']],
  GUILD_ROLE_CREATE: [['role', 'GuildRoleResponse']],
  GUILD_ROLE_UPDATE: [['role', 'GuildRoleResponse']],
  GUILD_UPDATE: [['', 'GuildResponse']],
  MESSAGE_CREATE: [['', 'MessageResponse']],
  MESSAGE_REACTION_ADD: [
    ['emoji', 'MessageReactionEmojiResponse'],
    ['member', 'GuildMemberResponse'],
  ],
  MESSAGE_UPDATE: [['', 'MessageResponse']],
  THREAD_CREATE: [['', 'ThreadResponse']],
  THREAD_UPDATE: [['', 'ThreadResponse']],
  VOICE_STATE_UPDATE: [['member', 'GuildMemberResponse']],
};

function dispatched(sandbox: Sandbox): string[] {
  const events = sandbox.journal
    .since()
    .flatMap((entry) => (entry.kind === 'event' && isRecord(entry.d) ? [entry] : []));
  return events.flatMap(({ t, d }) =>
    (INSIDE[t] ?? []).flatMap(([key, schema]) => {
      const value = key === '' || !isRecord(d) ? d : d[key];
      return (official?.check(schema, value) ?? []).map((one) => `${t} ${key}${one}`);
    }),
  );
}
