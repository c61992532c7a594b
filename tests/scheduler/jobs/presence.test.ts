import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';

/** What everybody sees under the bot's name. */
function shown({ discord }: TestBot): unknown {
  const { state, guildId } = discord;
  const [activity] = state.guilds.get(guildId)?.presences.get(state.bot.id)?.activities ?? [];
  return activity && Reflect.get(activity, 'state');
}

async function run(bot: TestBot): Promise<void> {
  const begun = await bot.app.jobs.run('presence', bot.discord.people.owner ?? '');
  if (begun.kind === 'begun') expect(await begun.ended).toMatchObject({ ending: 'done' });
}

test('figures take turns under the name, and Discord is told of what has changed alone', async () => {
  let now = Date.parse('2026-11-26T09:00:00Z');
  await using bot = await startBot({ now: () => new Date(now) });
  let updates = 0;
  const setPresence = bot.app.discord.user?.setPresence.bind(bot.app.discord.user);
  Object.assign(bot.app.discord.user ?? {}, {
    setPresence: (...args: Parameters<NonNullable<typeof setPresence>>) => {
      updates += 1;
      return setPresence?.(...args);
    },
  });
  const texts: unknown[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await run(bot);
    await run(bot);
    await expect.poll(() => shown(bot)).not.toBe(texts.at(-1));
    texts.push(shown(bot));
    now += 5 * 60_000;
  }
  expect(texts.toSorted()).toEqual([expect.stringMatching(/^For \d+ members$/), 'Freshly started', 'In 1 server']);
  expect(updates).toBe(3);
});

test('a text of the operator stands there from the first moment, and figures never', async () => {
  await using bot = await startBot({ env: { PRESENCE: 'Ask <@1> for *help*' } });
  await expect.poll(() => shown(bot)).toBe('Ask <@1> for *help*');
  await run(bot);
  expect(shown(bot)).toBe('Ask <@1> for *help*');
});

test('turned off, there is nothing', async () => {
  await using bot = await startBot({ env: { PRESENCE: 'off' } });
  await run(bot);
  expect(shown(bot)).toBeUndefined();
});
