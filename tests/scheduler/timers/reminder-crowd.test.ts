import { Events } from 'discord.js';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot } from '../../bot.ts';

const PEOPLE = 60;

test.each([
  ['is told of members', true],
  ['is not', false],
])(
  'reminders of many at once ask for their owners together, and send one request each: a bot that %s',
  async (_, members) => {
    await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off', intents: { members } });
    await using bot = await startBot({ discord });
    const owners = Array.from({ length: PEOPLE }, (_, at) => discord.people[`extra${at + 1}`] ?? '');
    const [gone = ''] = owners;
    await discord.leave('extra1');
    const channels: string[] = [];
    for (let at = 0; at < PEOPLE / 5; at += 1) {
      const path = `/guilds/${discord.guildId}/channels`;
      const made = await discord.rest('POST', path, { as: 'owner', body: { name: `crowd-${at}`, type: 0 } });
      if (typeof made === 'object' && made !== null && 'id' in made) channels.push(String(made.id));
    }
    let lookUps = 0;
    bot.app.discord.on(Events.GuildMembersChunk, () => {
      lookUps += 1;
    });
    const before = discord.requests().length;
    await bot.db`
    insert into timers (kind, owner_id, guild_id, channel_id, payload, zone, due_at, wake_at)
    select 'reminder', (${owners}::bigint[])[n], ${discord.guildId}, (${channels}::bigint[])[1 + n % ${channels.length}],
      '{"text":"It is time.","where":"channel"}', 'UTC', ${bot.app.now()}, ${bot.app.now()}
    from generate_series(1, ${PEOPLE}::int) n`;
    bot.app.timers.wake();
    const ended = () => bot.db`
    select owner_id::text as owner, outcome from timers where done_at is not null and outcome <> 'done'`;
    const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
    await expect.poll(open).toBe(0);
    expect(await ended()).toEqual([{ owner: gone, outcome: 'failed' }]);
    const asked = discord.requests().slice(before);
    expect(asked.filter(({ path }) => path.includes('/members/'))).toEqual([]);
    const posts = asked.filter(({ method, path }) => method === 'POST' && channels.some((id) => path.includes(id)));
    expect(posts).toHaveLength(PEOPLE - 1);
    expect(lookUps).toBeGreaterThan(0);
    expect(lookUps).toBeLessThanOrEqual(PEOPLE / 5);
    if (members) return;
    await discord.leave('extra2'); // nobody tells the bot
    await bot.db`update timers set done_at = null, wake_at = ${bot.app.now()} where owner_id = ${owners[1] ?? ''}`;
    bot.app.timers.wake();
    await expect.poll(open).toBe(0);
    expect((await ended()).map(({ owner }) => owner)).toContain(owners[1]);
  },
);
