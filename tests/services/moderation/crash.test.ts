import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { openModeration } from '../../../src/services/moderation/moderation.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { CrashingPair, numbers } from '../../crashing-pair.ts';
import { freshDatabase, silent, type TestDatabase } from '../../database.ts';
import { killPoints } from './kill-points.ts';

// Minutes on a machine that has nothing else to do: twenty starts, each of which waits for the one before.
vi.setConfig({ testTimeout: 560_000 });

const ACTIONS = 200;
const KILLS = 20;
const SEED = 20_270_706;
const [CHANNEL, KICK, BAN, UNBAN, MEMBER, ROLES] = [11, 20, 22, 23, 24, 25];
const DAY_MS = 86_400_000;

/** What is done to one person after another, and how they stand in the end. */
const STORIES = [
  { types: ['ban'], stands: 'banned' },
  { types: ['ban', 'unban'], stands: 'gone' },
  { types: ['warn', 'kick'], stands: 'gone' },
  { types: ['timeout', 'note'], stands: 'here, in timeout' },
  { types: ['timeout', 'untimeout', 'warn'], stands: 'here' },
  { types: ['softban'], stands: 'gone' },
  { types: ['role-add', 'nick'], stands: 'here, as x, with event' },
  { types: ['role-add', 'role-remove'], stands: 'here' },
  { types: ['jail', 'note'], stands: 'here, with jail' },
  { types: ['role-add', 'jail', 'unjail'], stands: 'here, with event' },
  { types: ['voice-mute'], stands: 'here, mute' },
] as const;
/** The same of a channel. */
const CHANNEL_STORIES = [
  { types: ['slowmode'], stands: 'slow' },
  { types: ['lockdown'], stands: 'locked' },
  { types: ['slowmode', 'lockdown', 'unlock'], stands: 'slow' },
] as const;
type Type = (typeof STORIES | typeof CHANNEL_STORIES)[number]['types'][number];
interface Story {
  readonly types: readonly Type[];
  readonly stands: string;
}

/** What stands in the audit log of each, once; of locks one entry for each overwrite. */
const AUDITED: Readonly<Record<Exclude<Type, 'lockdown' | 'unlock'>, readonly number[]>> = {
  ...{ ban: [BAN], unban: [UNBAN], kick: [KICK], softban: [BAN, UNBAN], timeout: [MEMBER], untimeout: [MEMBER] },
  ...{ 'role-add': [ROLES], 'role-remove': [ROLES], jail: [ROLES], unjail: [ROLES] },
  ...{ nick: [MEMBER], 'voice-mute': [MEMBER], slowmode: [CHANNEL], warn: [], note: [] },
};
const TELLS: readonly Type[] = ['ban', 'kick', 'softban', 'timeout', 'untimeout', 'warn', 'jail', 'unjail'];

interface Ordered {
  readonly number: number;
  readonly type: Type;
  readonly target: string;
}

interface Place {
  readonly role: string;
  readonly jail: string;
}

/** Two hundred actions of all kinds, ordered at once. */
async function orderAll(
  database: TestDatabase,
  { discord, stories, place }: { readonly discord: Sandbox; readonly stories: readonly Told[]; readonly place: Place },
): Promise<readonly Ordered[]> {
  using timers = await openTimerService({ database, now: () => new Date() });
  using settings = await openSettings({ database, log: silent });
  using moderation = await openModeration({ database, timers, settings, now: () => new Date() });
  const steps = stories.flatMap(({ target, story }) => story.types.map((type) => ({ target, type })));
  const actor = { id: discord.people.owner, name: 'adelie', above: true };
  const ordered = await moderation.order(
    steps.map(({ target, type }) => ({
      ...{ guild: discord.guildId, type, target, targetName: target, actor, reason: 'seen', source: 'command' },
      until: type === 'timeout' ? new Date(Date.now() + 7 * DAY_MS) : undefined,
      data: dataOf(type, place),
    })),
  );
  return steps.map((step, at) => ({ ...step, number: ordered[at] ?? 0 }));
}

function dataOf(type: Type, { role, jail }: Place) {
  if (type === 'softban') return { deleteDays: 1 };
  if (type === 'role-add' || type === 'role-remove') return { role };
  if (type === 'jail') return { role: jail };
  if (type === 'nick') return { nick: 'x' };
  return type === 'slowmode' ? { seconds: 60 } : {};
}

interface Told {
  readonly target: string;
  readonly story: Story;
}

/** A story for each channel, and for each person until there are as many actions as wanted. */
function storiesFor(people: readonly string[], channels: readonly string[]): readonly Told[] {
  const random = numbers(SEED + 1);
  const ofChannels = channels.flatMap((target, at): Told[] => {
    const story = CHANNEL_STORIES[at % CHANNEL_STORIES.length];
    return story ? [{ target, story }] : [];
  });
  let left = ACTIONS - ofChannels.reduce((sum, { story }) => sum + story.types.length, 0);
  const ofPeople = people.flatMap((target): Told[] => {
    const fits = STORIES.filter(({ types }) => types.length <= left);
    const story = fits[Math.floor(random() * fits.length)];
    left -= story?.types.length ?? 0;
    return story ? [{ target, story }] : [];
  });
  return [...ofChannels, ...ofPeople];
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

/** What the stories need: two roles, channels, and those who are to be muted in a voice channel. */
async function prepare(discord: Sandbox): Promise<{ readonly stories: readonly Told[]; readonly place: Place }> {
  const make = async (what: 'roles' | 'channels', name: string) => {
    const made = await discord.rest('POST', `/guilds/${discord.guildId}/${what}`, { as: 'owner', body: { name } });
    return (made as { readonly id: string }).id; // what Discord answers
  };
  const place = { role: await make('roles', 'event'), jail: await make('roles', 'jail') };
  const channels: string[] = [];
  for (const story of CHANNEL_STORIES) channels.push(await make('channels', story.types.join('-')));
  const stories = storiesFor(await discord.join(ACTIONS), channels);
  for (const { target, story } of stories)
    if (story.types.includes('voice-mute')) await discord.voice(target, 'lounge');
  return { stories, place };
}

/** How somebody or a channel is at the moment, in the words of the stories. */
function standing(discord: Sandbox, id: string, { role, jail }: Place): string {
  const guild = discord.state.guild(discord.guildId);
  const channel = discord.state.channels.get(id);
  if (channel) {
    const { rate_limit_per_user: wait = 0, permission_overwrites: overwrites } = channel as ChannelState;
    return [...(wait > 0 ? ['slow'] : []), ...(overwrites.length > 0 ? ['locked'] : [])].join(', ');
  }
  const member = guild.members.get(id);
  if (!member) return guild.bans.has(id) ? 'banned' : 'gone';
  return [
    'here',
    ...(Date.parse(member.communication_disabled_until ?? '') > Date.now() ? ['in timeout'] : []),
    ...(member.nick ? [`as ${member.nick}`] : []),
    ...(member.roles.includes(role) ? ['with event'] : []),
    ...(member.roles.includes(jail) ? ['with jail'] : []),
    ...(guild.voice.get(id)?.mute ? ['mute'] : []),
  ].join(', ');
}

interface ChannelState {
  readonly rate_limit_per_user?: number;
  readonly permission_overwrites: readonly unknown[];
}

test.skipIf('Deno' in globalThis)(
  'two processes are killed twenty times in the middle of two hundred actions, at every step of one: each is done exactly once',
  async () => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const { stories, place } = await prepare(discord);
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

    const points = Object.entries(await killPoints(database, discord));
    const random = numbers(SEED);
    const killing = (async () => {
      for (let killed = 0; killed < KILLS; killed++)
        await points[killed % points.length]?.[1](() => bots.kill(random()));
    })();
    const all = await orderAll(database, { discord, stories, place });
    await killing;

    const open = async () =>
      (await database.db`select 1 from timers where done_at is null and kind <> 'moderation-end'`).length;
    await expect.poll(open, { timeout: 540_000, interval: 250 }).toBe(0);

    const cases = await database.db`select number, type, state, void_reason as why from cases order by number`;
    expect(cases.filter(({ state }) => state !== 'done')).toEqual([]);
    expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: ACTIONS }, (_, at) => at + 1));

    const audit = (discord.state.guild(discord.guildId).audit ?? []).flatMap(({ action_type, target_id, reason }) => {
      const number = / · case (\d+) · seen$/.exec(reason ?? '')?.[1];
      return number === undefined ? [] : [{ number: Number(number), entry: `${number} ${action_type} ${target_id}` }];
    });
    const locks = new Set(all.flatMap(({ number, type }) => (type in AUDITED ? [] : [number])));
    const expected = all.flatMap(({ number, type, target }) =>
      type === 'lockdown' || type === 'unlock' ? [] : AUDITED[type].map((event) => `${number} ${event} ${target}`),
    );
    const others = audit.flatMap(({ number, entry }) => (locks.has(number) ? [] : [entry]));
    expect(others.toSorted()).toEqual(expected.toSorted());

    const letters = [...discord.state.channels.values()].filter(({ recipients }) => recipients).map(({ id }) => id);
    const told = all.filter(({ type }) => TELLS.includes(type)).map(({ number }) => number);
    expect(named(discord, letters, /name case (\d+)\./)).toEqual(told);
    expect(named(discord, [discord.channels['mod-log']], /Case (\d+): /)).toEqual(all.map(({ number }) => number));

    for (const { target, story } of stories)
      expect.soft(standing(discord, target, place), story.types.join(' ')).toBe(story.stands);
  },
);
