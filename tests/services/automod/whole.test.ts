import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { Condition, Rule } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { casesOf } from '../../handlers/commands/moderation/moderated.ts';
import { runMain, says } from '../../process.ts';
import { left, PATIENCE, rule, said } from './acting.ts';
import { storeRules } from './stored-rules.ts';

vi.setConfig({ testTimeout: 180_000 });

const SPAM = 'Free nitro for everyone, grab yours before it is gone: https://nitro-gift.example/claim';
const MARKS = ['😀', '\u200b', '🔥', '7', '\u2060', '💯', '42', '\u00ad'];
const INNOCENT = [
  'Has anybody tried the new build on a Raspberry Pi yet?',
  'The meeting moves to Friday, and the room is the same as before.',
  'Thank you, that has fixed the sound for me as well!',
  'Does the export keep the colours of the second chart?',
  'I am away until Monday; ask the others about the release.',
];
const CHANNELS = 10;
const LONG = { ...PATIENCE, timeout: 60_000 };

function variant(at: number): string {
  const words = SPAM.split(' ');
  const mark = MARKS[at % MARKS.length] ?? '';
  words.splice(at % 8, 0, mark);
  return words.map((word, place) => (place === at % 5 ? `${word.slice(0, 1)}\u200b${word.slice(1)}` : word)).join(' ');
}

/** Has rules hold in the server, compiled. */
async function withRules({ app, discord }: TestBot, ...rules: readonly Rule[]): Promise<void> {
  await storeRules(app.database, discord.guildId, rules);
  await expect.poll(async () => (await app.rules.of(discord.guildId))?.rules.length, LONG).toBe(rules.length);
}

test('fifty variants of a scam by five people in ten channels: every copy goes, what others say stays', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const floods = rule([{ do: 'delete-copies' }, { do: 'timeout', for: 3_600 }], {
    when: { type: 'flood', copies: 5, seconds: 30, by: 'anyone' },
    name: 'Flood',
  });
  await withRules(bot, floods);
  const people = await discord.join(5);
  const made = Array.from({ length: CHANNELS }, (_, at) =>
    discord.rest('POST', `/guilds/${discord.guildId}/channels`, { as: 'owner', body: { name: `flooded-${at}` } }),
  );
  const channels = (await Promise.all(made)).map((one) => (one as { readonly id: string }).id); // what Discord answers
  for (let at = 0; at < 50; at += 1) {
    const [as = '', channel = ''] = [people[at % 5], channels[at % CHANNELS]];
    await discord.message({ as, channel, content: variant(at), unchecked: true });
    if (at % 10 === 0) await discord.message({ as: 'member', channel, content: INNOCENT[at / 10] ?? '' });
  }
  await expect
    .poll(() => channels.flatMap((one) => left(bot, one)).filter((text) => text.includes('nitro')), LONG)
    .toEqual([]);
  expect(channels.flatMap((one) => left(bot, one))).toHaveLength(5);
  await expect
    .poll(
      async () => (await casesOf(bot)).map(({ type, target, state }) => `${type} ${target} ${state}`).toSorted(),
      LONG,
    )
    .toEqual(people.map((who) => `timeout ${who} done`).toSorted());
});

test('what is nearly the same goes with it, though no rule holds of it, or the rule is about another channel', async () => {
  await using bot = await startBot();
  const words: Condition = { type: 'words', terms: ['nitr0free'], match: 'word' };
  const general: Condition = { type: 'channel', any: [bot.discord.channels.general] };
  const flood = { type: 'flood', copies: 3, seconds: 60, by: 'author' } as const;
  await withRules(
    bot,
    rule([{ do: 'delete-copies' }], { when: words, name: 'Words' }),
    rule([{ do: 'delete-copies' }], { when: { all: [general, flood] }, name: 'Flood' }),
  );
  const says = (as: string, channel: string, content: string) => bot.discord.message({ as, channel, content });
  await says('newcomer', 'random', `${INNOCENT[1]}`);
  await says('newcomer', 'random', `${INNOCENT[1]} nitr0free`);
  await expect.poll(() => left(bot, 'random'), LONG).toEqual([]);
  await says('member', 'random', `${INNOCENT[2]}`);
  await says('member', 'bot-commands', `${INNOCENT[2]} 2`);
  await says('member', 'random', `${INNOCENT[4]}`);
  await says('member', 'general', `${INNOCENT[2]} 3`);
  await expect
    .poll(() => ['general', 'bot-commands', 'random'].flatMap((one) => left(bot, one)), LONG)
    .toEqual([INNOCENT[4]]);
});

test('a command that harms is answered once, and an edit without it says so; moderators are left alone', async () => {
  let at = Date.now();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => at });
  await using bot = await startBot({ discord });
  await withRules(bot, rule([{ do: 'reply', text: 'Do not run that, {member}.' }], { name: 'Shell' }));
  await discord.message({ as: 'moderator', channel: 'general', content: 'never run rm -rf /' });
  const message = await discord.message({ as: 'member', channel: 'general', content: 'try `sudo rm -rf /`' });
  await expect.poll(() => said(bot, 'general').length, LONG).toBe(1);
  at += 1_000; // no two edits of a message are of the same moment
  await discord.edit(message, 'try `sudo rm  -fr  /` twice');
  at += 1_000;
  await discord.edit(message, 'try `ls`');
  await expect.poll(() => said(bot, 'general')[0], LONG).toContain('was changed');
  expect(said(bot, 'general')).toHaveLength(1);
});

test.skipIf('Deno' in globalThis)(
  'a process that is killed between a verdict and what comes of it leaves that to the next, which does it once',
  async () => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DATABASE_URL: database.url,
      HTTP_ADDRESS: 'off',
      WORKER_THREADS: '2',
    };
    const forbidden = rule([{ do: 'delete' }, { do: 'warn' }, { do: 'alert' }], {
      when: { type: 'words', terms: ['forbidden'], match: 'word' },
      name: 'Words',
    });
    await storeRules(database, discord.guildId, [forbidden]);
    const path = '/channels/{channel_id}/messages/{message_id}';
    const lift = discord.faults.rest(path, { kind: 'silent' }, { method: 'DELETE' });
    {
      await using first = await runMain(['run'], env);
      await first.line(says('ready'));
      for (let at = 0; at < 5; at += 1)
        await discord.message({ as: 'member', channel: 'general', content: `forbidden ${at}` });
      const written = () => database.db`select 1 from automod_deeds`;
      await expect.poll(async () => (await written()).length, LONG).toBeGreaterThan(0);
      first.kill('SIGKILL');
      await first.ended;
    }
    lift();
    await using second = await runMain(['run'], env);
    await second.line(says('ready'));
    const remaining = () =>
      discord.state.messages
        .list(discord.channels.general, { limit: 50 })
        .filter(({ content }) => content.startsWith('forbidden'));
    await expect.poll(() => remaining().length, LONG).toBe(0);
    const cases = () => database.db`select state from cases`;
    await expect.poll(async () => (await cases()).filter(({ state }) => state === 'done').length, LONG).toBe(5);
    expect(await cases()).toHaveLength(5);
  },
);
