import type { APIMessage } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { Reply } from '../../../sandbox/server/verbs/reply.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { customId } from '../../handlers/commands/utility/polls.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000 };
const COUNT = 12;

const names = Array.from({ length: COUNT }, (_, at) => `skua_${at}`);

/** The message that tells of the raid. */
async function alert(discord: Sandbox, says = `${COUNT} accounts joined together`): Promise<APIMessage> {
  const find = () =>
    discord.state.messages
      .list(discord.channels['mod-log'] ?? '', { limit: 100 })
      .find((one) => JSON.stringify(one).includes('accounts joined together'));
  await expect.poll(() => JSON.stringify(find() ?? ''), PATIENCE).toContain(says);
  const found = find();
  if (!found) throw new Error('there is no alert');
  return found;
}

async function raided(
  options: Parameters<typeof startBot>[0] = {},
): Promise<{ bot: TestBot; raiders: readonly string[] }> {
  const bot = await startBot({ raids: true, ...options });
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const raiders = await bot.discord.join(COUNT, { names, accountAgeDays: 2 });
  await alert(bot.discord);
  return { bot, raiders };
}

async function press(discord: Sandbox, button: string, as = 'moderator'): Promise<Reply> {
  const message = await alert(discord, `raid.${button}`);
  return await discord.click(message, customId(message, `raid.${button}`), { as, unchecked: true, deadlineMs: 90_000 });
}

/** Presses a button of the alert; `confirm` presses the one below what is shown then. */
async function asked(discord: Sandbox, button: 'ban' | 'kick' | 'timeout', as = 'moderator') {
  const shown = await press(discord, button, as);
  const confirm = async () => {
    const message = [shown.message, ...shown.followUps].find((one) => JSON.stringify(one ?? '').includes('.confirm'));
    if (!message) throw new Error(`there is nothing to confirm: ${saidIn(shown)}`);
    const id = customId(message, `mass.${button}.confirm`);
    return saidIn(await discord.click(message, id, { as, deadlineMs: 90_000 }));
  };
  return { shown: saidIn(shown), confirm };
}

const banned = ({ state, guildId }: Sandbox, raiders: readonly string[]) =>
  raiders.filter((id) => state.guild(guildId).bans.has(id)).length;
const timedOut = ({ state, guildId }: Sandbox, raiders: readonly string[]) =>
  raiders.filter((id) => state.guild(guildId).members.get(id)?.communication_disabled_until).length;

test('a raid is banned by one button and a confirmation, also after a restart, and the bans are taken back by another', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  let raiders: readonly string[] = [];
  {
    const before = await raided(options);
    await using _ = before.bot;
    raiders = before.raiders;
    await discord.leave('skua_0');
  }
  {
    await using _ = await startBot(options);
    const { shown, confirm } = await asked(discord, 'ban');
    expect(shown).toContain(`Ban of ${COUNT}`);
    expect(banned(discord, raiders)).toBe(0);
    expect(await confirm()).toContain('It has begun');
    await expect.poll(() => banned(discord, raiders), PATIENCE).toBe(COUNT);
    await alert(discord, `banned: ${COUNT} of ${COUNT}`);
  }
  await using _ = await startBot(options);
  expect(saidIn(await press(discord, 'unban'))).toContain(`${COUNT} bans are being lifted`);
  await expect.poll(() => banned(discord, raiders), PATIENCE).toBe(0);
  const message = await alert(discord, `of that ${COUNT} taken back`);
  expect(JSON.stringify(message)).not.toContain('raid.unban');
});

test('two who press at once act once, and two who take it back do that once', async () => {
  const { bot, raiders } = await raided();
  await using _ = bot;
  const { discord } = bot;
  const both = await Promise.all([asked(discord, 'timeout'), asked(discord, 'timeout', 'owner')]);
  const said = await Promise.all(both.map(({ confirm }) => confirm()));
  expect(said.filter((one) => one.includes('It has begun'))).toHaveLength(1);
  expect(said.filter((one) => one.includes('has begun already'))).toHaveLength(1);
  await alert(discord, `timed out: ${COUNT} of ${COUNT}`);
  expect(timedOut(discord, raiders)).toBe(COUNT);
  expect(await bot.db`select count(*)::int as count from cases where type = 'timeout'`).toEqual([{ count: COUNT }]);
  const message = await alert(discord, 'raid.untimeout');
  const id = customId(message, 'raid.untimeout');
  const undone = await Promise.all(
    ['moderator', 'owner'].map((as) => discord.click(message, id, { as, deadlineMs: 90_000 })),
  );
  expect(undone.filter((one) => saidIn(one).includes('timeouts are being lifted'))).toHaveLength(1);
  expect(undone.filter((one) => saidIn(one).includes('nothing left to take back'))).toHaveLength(1);
  await expect.poll(() => timedOut(discord, raiders), PATIENCE).toBe(0);
  expect(await bot.db`select count(*)::int as count from cases where type = 'untimeout'`).toEqual([{ count: COUNT }]);
});

test('whoever has a role by now or is trusted is left out, and so is whoever has left where nothing can be done to them', async () => {
  const { bot, raiders } = await raided();
  await using _ = bot;
  const { discord } = bot;
  const [helper = '', trusted = ''] = raiders;
  const role = { name: 'fledgling', permissions: '0' };
  const { id } = (await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: role })) as {
    id: string;
  };
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${helper}/roles/${id}`, { as: 'owner' });
  await expect
    .poll(
      () => bot.app.discord.guilds.cache.get(discord.guildId)?.members.cache.get(helper)?.roles.cache.has(id),
      PATIENCE,
    )
    .toBe(true);
  await bot.set('automod', { trusted: [{ member: trusted, by: discord.people.owner, at: 1 }] });
  await discord.leave('skua_2');
  const { shown, confirm } = await asked(discord, 'kick');
  expect(shown).toContain('2 are left out');
  expect(shown).toContain('1 has left already');
  expect(await confirm()).toContain('It has begun');
  const message = await alert(discord, `kicked: ${COUNT - 3} of ${COUNT - 3}`);
  expect(JSON.stringify(message)).toContain('cannot be brought back');
  const { members } = discord.state.guild(discord.guildId);
  expect(raiders.filter((one) => members.has(one))).toEqual([helper, trusted]);
});

test('the buttons go by the rights of the commands, and everybody is listed in a file', async () => {
  const { bot } = await raided();
  await using _ = bot;
  const { discord } = bot;
  for (const button of ['ban', 'kick', 'timeout', 'list'])
    expect(saidIn(await press(discord, button, 'member'))).not.toMatch(/Do it|raid.tsv/);
  const listed = await press(discord, 'list');
  expect(JSON.stringify([listed.message, ...listed.followUps])).toContain('raid.tsv');
  const shown = saidIn(await discord.slash('raids', {}, { as: 'moderator' }));
  expect(shown).toContain(`${COUNT} accounts`);
});
