import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { openModeration } from '../../../src/services/moderation/moderation.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { CrashingPair, numbers } from '../../crashing-pair.ts';
import { freshDatabase, silent, type TestDatabase } from '../../database.ts';

// Two minutes on a machine that has nothing else to do: twenty starts, each of which waits for the one before.
vi.setConfig({ testTimeout: 560_000 });

const ACTIONS = 200;
const KILLS = 20;
const SEED = 20_270_706;
const [KICK, BAN, UNBAN, MEMBER] = [20, 22, 23, 24];
const DAY_MS = 86_400_000;

/** What is done to one person after another, and how they stand in the end. */
const STORIES = [
  { types: ['ban'], banned: true, here: false, timedOut: false },
  { types: ['ban', 'unban'], banned: false, here: false, timedOut: false },
  { types: ['warn', 'kick'], banned: false, here: false, timedOut: false },
  { types: ['timeout', 'note'], banned: false, here: true, timedOut: true },
  { types: ['timeout', 'untimeout', 'warn'], banned: false, here: true, timedOut: false },
  { types: ['softban'], banned: false, here: false, timedOut: false },
] as const;
type Story = (typeof STORIES)[number];
type Type = Story['types'][number];

/** What stands in the audit log of each, once. */
const AUDITED: Readonly<Record<Type, readonly number[]>> = {
  ...{ ban: [BAN], unban: [UNBAN], kick: [KICK], softban: [BAN, UNBAN], timeout: [MEMBER], untimeout: [MEMBER] },
  ...{ warn: [], note: [] },
};
const TELLS: readonly Type[] = ['ban', 'kick', 'softban', 'timeout', 'untimeout', 'warn'];

interface Ordered {
  readonly number: number;
  readonly type: Type;
  readonly person: string;
}

/** Two hundred actions of all kinds, ordered at once. */
async function orderAll(database: TestDatabase, discord: Sandbox, people: readonly string[]) {
  using timers = await openTimerService({ database, now: () => new Date() });
  using settings = await openSettings({ database, log: silent });
  using moderation = await openModeration({ database, timers, settings, now: () => new Date() });
  const stories = storiesFor(people);
  const steps = stories.flatMap(({ person, story }) => story.types.map((type) => ({ person, type })));
  const actor = { id: discord.people.owner, name: 'adelie', above: true };
  const ordered = await moderation.order(
    steps.map(({ person, type }) => ({
      ...{ guild: discord.guildId, type, target: person, targetName: person, actor, reason: 'seen', source: 'command' },
      until: type === 'timeout' ? new Date(Date.now() + 7 * DAY_MS) : undefined,
      data: type === 'softban' ? { deleteDays: 1 } : {},
    })),
  );
  return { stories, all: steps.map((step, at): Ordered => ({ ...step, number: ordered[at] ?? 0 })) };
}

/** A story for each person, until there are as many actions as wanted. */
function storiesFor(people: readonly string[]) {
  const random = numbers(SEED + 1);
  let left = ACTIONS;
  return people.flatMap((person) => {
    const fits = STORIES.filter(({ types }) => types.length <= left);
    const story = fits[Math.floor(random() * fits.length)];
    left -= story?.types.length ?? 0;
    return story ? [{ person, story }] : [];
  });
}

async function setLog(database: TestDatabase, discord: Sandbox): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const settings = opened.use(await openSettings({ database, log: silent }));
  await settings.set(
    discord.guildId,
    'logs',
    { logChannel: discord.channels['mod-log'] },
    { by: discord.people.owner },
  );
}

/** How often each case is named in messages, by this pattern. */
function named(discord: Sandbox, channels: readonly string[], pattern: RegExp): readonly number[] {
  return channels
    .flatMap((channel) => discord.state.messages.list(channel, { limit: 10_000 }))
    .flatMap(({ components }) => pattern.exec(JSON.stringify(components))?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

test.skipIf('Deno' in globalThis)(
  'two processes are killed twenty times in the middle of two hundred actions: each is done exactly once',
  async () => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const people = await discord.join(ACTIONS);
    await setLog(database, discord);
    await using bots = new CrashingPair({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DATABASE_URL: database.url,
      HTTP_ADDRESS: 'off',
      LOG_LEVEL: 'info',
      WORKER_THREADS: '2',
    });
    await bots.firstReady;

    const random = numbers(SEED);
    let [seen, killed, nextKill] = [0, 0, 1];
    const STEPS = ['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE', 'GUILD_MEMBER_REMOVE', 'GUILD_MEMBER_UPDATE', 'MESSAGE_CREATE'];
    // Called while Discord does it: its answer has not been written yet, so whoever asked for it dies without it.
    discord.state.listeners.add(({ t }) => {
      if (!STEPS.includes(t)) return;
      seen += 1;
      if (killed === KILLS || seen < nextKill || !bots.kill(random())) return;
      killed += 1;
      nextKill = seen + 1 + Math.floor(random() * 18);
    });
    const { all, stories } = await orderAll(database, discord, people);

    const open = async () =>
      (await database.db`select 1 from timers where done_at is null and kind <> 'moderation-end'`).length;
    await expect.poll(open, { timeout: 540_000, interval: 250 }).toBe(0);
    expect(killed).toBe(KILLS);

    const cases = await database.db`select number, type, state, void_reason as why from cases order by number`;
    expect(cases.filter(({ state }) => state !== 'done')).toEqual([]);
    expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: ACTIONS }, (_, at) => at + 1));

    const guild = discord.state.guilds.get(discord.guildId);
    const audit = (guild?.audit ?? []).flatMap(({ action_type, target_id, reason }) => {
      const number = / · case (\d+) · seen$/.exec(reason ?? '')?.[1];
      return number === undefined ? [] : [`${number} ${action_type} ${target_id}`];
    });
    const expected = all.flatMap(({ number, type, person }) =>
      AUDITED[type].map((event) => `${number} ${event} ${person}`),
    );
    expect(audit.toSorted()).toEqual(expected.toSorted());

    const letters = [...discord.state.channels.values()].filter(({ recipients }) => recipients).map(({ id }) => id);
    const told = all.filter(({ type }) => TELLS.includes(type)).map(({ number }) => number);
    expect(named(discord, letters, /name case (\d+)\./)).toEqual(told);
    expect(named(discord, [discord.channels['mod-log']], /Case (\d+): /)).toEqual(all.map(({ number }) => number));

    for (const { person, story } of stories) {
      const member = guild?.members.get(person);
      const timedOut = Date.parse(member?.communication_disabled_until ?? '') > Date.now();
      const stands = { banned: guild?.bans.has(person), here: member !== undefined, timedOut };
      expect
        .soft(stands, story.types.join(' '))
        .toEqual({ banned: story.banned, here: story.here, timedOut: story.timedOut });
    }
  },
);
