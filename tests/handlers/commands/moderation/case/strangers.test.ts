import { expect, test, vi } from 'vitest';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import { customIdsIn } from '../../../../../src/services/timers/send-once.ts';
import { startBot } from '../../../../bot.ts';
import { expectWithinLimits, saidIn } from '../../files/inspected.ts';
import { order, withLog } from '../moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const SIGNS = '**@everyone** [free](https://evil.example) `code` # > ||_~~ <@&1> {{reason}} $t(cases.none) ';
/** As long as a reason may be. */
const NASTY = SIGNS.repeat(20).slice(0, 1_000);

type Given = readonly [name: string, options: OptionValues];

/** All there is to be read and changed of cases; those that change some come last. */
const COMMANDS: readonly Given[] = [
  ['case view', { number: 1 }],
  ['case list', {}],
  ['case list', { hidden: true }],
  ['case search', { text: 'free' }],
  ['history user', { user: 'member' }],
  ['moderators stats', {}],
  ['case export', { format: 'csv', hidden: true }],
  ['case note', { number: 1, text: NASTY }],
  ['case edit', { number: 1, reason: NASTY.replace('free', 'new') }],
  ['case hide', { number: 3, show: true }],
  ['undo', { case: 2, reason: NASTY.slice(0, 800) }],
  ['case void', { number: 1, reason: NASTY }],
];

test('whatever strangers write and are called is shown as it was written, pings nobody, and fits, also without a server icon', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const entries = await withLog(bot);
  await discord.rest('PATCH', `/guilds/${discord.guildId}`, { as: 'owner', body: { icon: null } });
  for (const number of [1, 2, 3]) {
    await order(bot, number === 2 ? 'ban' : 'warn', {
      ...(number === 2 ? { who: 'newcomer' } : { member: 'member' }),
      reason: NASTY,
    });
  }
  await bot.db`update cases set target_name = ${SIGNS.slice(0, 60)}, actor_name = ${SIGNS.slice(0, 60)}`;
  await order(bot, 'case hide', { number: 3 });
  for (const [name, options] of COMMANDS) {
    const reply = await discord.slash(name, options, { as: 'owner', settle: 'ack' });
    const said = await reply.until((one) => saidIn(one).length > 10, { deadlineMs: 30_000 }).then(saidIn);
    const of = `${name} ${JSON.stringify(options)}`.slice(0, 60);
    expect.soft(said, of).not.toMatch(/Something went wrong|error/i);
    for (const message of [reply.message, ...reply.followUps]) {
      expectWithinLimits(message?.components, of);
      expect.soft(message?.mention_everyone ?? false, of).toBe(false);
    }
    expect.soft(said, of).not.toMatch(/(?<!\\)\[free|(?<!\\)\*\*@everyone/);
  }
  const shown = await discord.slash('case view', { number: 1 }, { as: 'owner' });
  const [button = ''] = customIdsIn(shown.message);
  if (!shown.message) throw new Error('no case was shown');
  const whole = await discord.click(shown.message, button, { as: 'owner' });
  expectWithinLimits(whole.message?.components, 'all that was noted');
  expect(saidIn(whole)).toContain('\\[free\\]');
  expect(saidIn(whole)).not.toMatch(/(?<!\\)\[free/);
  await expect.poll(() => entries().length).toBeGreaterThan(3);
  for (const entry of entries()) expect.soft(entry).not.toMatch(/(?<!\\)\[free/);
  const sent = discord
    .requests()
    .flatMap(({ body }) => JSON.stringify(body ?? {}).match(/"allowed_mentions":\{[^}]*\}/g) ?? []);
  expect(new Set(sent)).toEqual(new Set(['"allowed_mentions":{"parse":[]}']));
});

test('members read and change nothing of cases, hidden or not, nor by buttons that others were shown', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await order(bot, 'warn', { member: 'newcomer', reason: 'a secret' });
  await order(bot, 'ban', { who: 'newcomer', reason: 'a secret' });
  await order(bot, 'case note', { number: 1, text: 'a secret' });
  await order(bot, 'case hide', { number: 1 });
  for (const [name, options] of COMMANDS) {
    const said = await order(bot, name, options, 'member');
    expect.soft(said, name).toMatch(/need|rank/);
    expect.soft(said, name).not.toContain('secret');
  }
  const shown = await discord.slash('case view', { number: 1 }, { as: 'moderator' });
  for (const id of customIdsIn(shown.message)) {
    if (!shown.message) throw new Error('no case was shown');
    const said = saidIn(await discord.click(shown.message, id, { as: 'member', unchecked: true }));
    expect.soft(said, id).toContain('Timeout Members');
  }
  expect(await bot.db`select 1 from cases where number = 1 and hidden and state = 'done'`).toHaveLength(1);
});
