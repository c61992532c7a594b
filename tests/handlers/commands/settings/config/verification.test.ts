import type { APIMessage } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';
import { customId } from '../../utility/polls.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });
const PATIENCE = { timeout: 60_000 };
const owner = { as: 'owner' } as const;
const newcomer = { as: 'newcomer', unchecked: true } as const;

async function makeRole({ discord }: TestBot, permissions = 0n): Promise<string> {
  const body = { name: 'verified', permissions: String(permissions) };
  const { id } = (await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { ...owner, body })) as { id: string };
  return id;
}

function told({ discord }: TestBot, channel = 'mod-log'): readonly APIMessage[] {
  const all = discord.state.messages.list(discord.channels[channel] ?? '', { limit: 100 });
  return all.filter(({ author }) => author.id === discord.people.bot).reverse();
}

const logOf = (bot: TestBot) => told(bot).map((one) => JSON.stringify(one.components));

function rolesOf({ discord }: TestBot): readonly string[] {
  return discord.state.guild(discord.guildId).members.get(discord.people.newcomer ?? '')?.roles ?? [];
}

interface Asking {
  readonly bot: TestBot;
  readonly role: string;
  readonly begin: () => Promise<Reply>;
  readonly clock: { ahead: number };
}

/** A server that asks new members, and the message with its button. */
async function startAsking(more: object = {}): Promise<Asking> {
  const clock = { ahead: 0 };
  const bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const role = await makeRole(bot);
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  await bot.set('verification', { channel: discord.channels.general, role, ...more });
  const panel = await discord.slash('config verification', {}, owner);
  await discord.click(panel.message ?? { id: '' }, customId(panel.message, 'config.verification.post'), owner);
  const [message] = told(bot, 'general');
  if (!message) throw new Error('no message was posted');
  const begin = () => discord.click(message, customId(message, 'verify.begin'), newcomer);
  return { bot, role, begin, clock };
}

type Reply = Awaited<ReturnType<TestBot['discord']['click']>>;

async function answer({ discord }: TestBot, asked: Reply, text: string): Promise<Reply> {
  const form = await discord.click(asked.message ?? { id: '' }, customId(asked.message, 'verify.answer'), newcomer);
  if (!form.modal) throw new Error(`no form was opened: ${saidIn(form)}`);
  return await discord.submitModal(form.modal, { answer: text }, newcomer);
}

async function solution({ db }: TestBot): Promise<string> {
  const [row] = await db`select solution from verifications`;
  return String(row?.solution);
}

test('a press of the button gives the role, once where one presses twice at the same moment', async () => {
  const { bot, role, begin } = await startAsking();
  await using _ = bot;
  const said = await Promise.all([begin(), begin()]);
  for (const one of said) expect(saidIn(one)).toMatch(/you have passed|You have .* already/);
  expect(rolesOf(bot)).toContain(role);
  await expect.poll(() => logOf(bot).join(), PATIENCE).toContain('was verified by a button');
  expect(bot.log.filter(({ msg }) => msg === 'a member was verified')).toHaveLength(1);
  await expect.poll(async () => saidIn(await begin()), PATIENCE).toContain('already');
});

test('a captcha takes its letters in any case, one answer each, and makes one wait after the last attempt', async () => {
  const { bot, role, begin } = await startAsking({ kind: 'captcha', attempts: 2 });
  await using _ = bot;
  const first = await begin();
  expect(first.message?.attachments).toHaveLength(1);
  const letters = await solution(bot);
  expect(letters).toMatch(/^[ACEFHJKMNPRTWXY3479]{5}$/);
  expect(JSON.stringify(first.message)).not.toContain(letters);
  expect(saidIn(await answer(bot, first, 'wrong'))).toContain('1 attempt left');
  expect(saidIn(await answer(bot, first, letters))).toContain('answered already');
  expect(rolesOf(bot)).not.toContain(role);
  expect(saidIn(await answer(bot, await begin(), 'wrong'))).toContain('your last attempt');
  expect(saidIn(await begin())).toContain('no attempt left');
  await expect.poll(() => logOf(bot).join(), PATIENCE).toContain('has failed the verification');
  await bot.db`update verifications set barred_until = now() - interval '1 minute'`;
  const again = await begin();
  expect(saidIn(await answer(bot, again, ` ${(await solution(bot)).toLowerCase()} `))).toContain('you have passed');
  expect(rolesOf(bot)).toContain(role);
});

test('whoever does not see the picture is asked a sum in words', async () => {
  const { bot, role, begin } = await startAsking({ kind: 'captcha' });
  await using _ = bot;
  const { discord } = bot;
  const asked = await begin();
  const ids = [...JSON.stringify(asked.message?.components).matchAll(/"custom_id":"(verify\.again[^"]+)"/g)];
  const sum = await discord.click(asked.message ?? { id: '' }, ids.at(-1)?.[1] ?? '', newcomer);
  expect(saidIn(sum)).toMatch(/How much is \w+ plus \w+\?/);
  expect(saidIn(await answer(bot, sum, await solution(bot)))).toContain('you have passed');
  expect(rolesOf(bot)).toContain(role);
  await expect.poll(() => logOf(bot).join(), PATIENCE).toContain('by a question');
});

test('a button asks for letters while a raid is on, unless the server does not want that', async () => {
  const { bot, begin } = await startAsking();
  await using _ = bot;
  await bot.db`
    insert into raids (id, guild_id, alike, began_at, last_at)
    values (${crypto.randomUUID()}, ${bot.discord.guildId}, ${bot.db.json({ names: 0, avatars: 0, ages: 0 })}, now(), now())`;
  expect((await begin()).message?.attachments).toHaveLength(1);
  await bot.set('verification', { raidCaptcha: false });
  expect(saidIn(await begin())).toContain('you have passed');
});

test('a role that cannot be given is refused, told to the log, and shown as broken once it is gone', async () => {
  const { bot, role, begin } = await startAsking();
  await using _ = bot;
  const { discord } = bot;
  const set = async (id = '') => saidIn(await discord.slash('config verification', { role: id }, owner));
  expect(await set(discord.roles.owner)).toMatch(/above/);
  expect(await set(await makeRole(bot, 1n << 2n))).toContain('lets people moderate');
  await discord.rest('DELETE', `/guilds/${discord.guildId}/roles/${role}`, owner);
  expect(saidIn(await begin())).toContain('I cannot give you the role');
  await expect.poll(() => logOf(bot).join(), PATIENCE).toContain('do not get everything');
  expect(saidIn(await discord.slash('config check', {}, owner))).toContain('Verification');
});

test('whoever has not passed in time is kicked, and whoever has is not, nor anybody who had no chance', async () => {
  const { bot, role, begin, clock } = await startAsking({ kickAfterHours: 1 });
  await using _ = bot;
  const { discord } = bot;
  const waiting = () => bot.db<{ due: Date }[]>`
    select due_at as due from timers where kind = 'verification-end' and done_at is null`;
  const here = (id: string) => discord.state.guild(discord.guildId).members.has(id);
  const comes = async (...names: string[]) => {
    const ids = await discord.join(names.length, { names });
    await expect.poll(async () => (await waiting()).length, PATIENCE).toBe(names.length);
    return ids;
  };
  const pass = async (hours: number) => {
    clock.ahead += hours * 3_600_000;
    bot.app.timers.wake();
  };
  const [first = ''] = await comes('auk');
  await pass(1);
  await expect.poll(async () => (await waiting()).length, PATIENCE).toBe(0);
  expect(here(first)).toBe(true); // nobody has passed yet: there may be no button

  await begin();
  const [late = '', fine = ''] = await comes('gull', 'tern');
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${fine}/roles/${role}`, owner);
  await pass(1);
  await expect.poll(() => here(late), PATIENCE).toBe(false);
  await expect.poll(async () => (await waiting()).length, PATIENCE).toBe(0);
  expect(here(fine)).toBe(true);

  const [missed = ''] = await comes('skua');
  await pass(5);
  const now = Date.now() + clock.ahead;
  await expect.poll(async () => (await waiting()).map(({ due }) => due.getTime() > now), PATIENCE).toEqual([true]);
  expect(here(missed)).toBe(true); // the bot was away, and so was the button
});

test('nobody has the bot give a role to whoever passes that they could not give themselves', async () => {
  const { bot, role } = await startAsking();
  await using _ = bot;
  const { discord } = bot;
  const { people, roles } = discord;
  const set = async (id: string) =>
    saidIn(await discord.slash('config verification', { role: id }, { as: 'moderator', unchecked: true }));
  const [ranked, above] = [await makeRole(bot), await makeRole(bot)];
  const { position = 0 } = discord.state.guild(discord.guildId).roles.get(roles.moderator ?? '') ?? {};
  await discord.rest('PATCH', `/guilds/${discord.guildId}/roles`, {
    ...owner,
    body: [{ id: above, position: position + 1 }],
  });
  await bot.set('permissions', { people: { [people.moderator ?? '']: 9 }, roles: { [ranked]: 5 } });
  expect(await set(above)).toContain('not below your highest role');
  expect(await set(ranked)).toContain('lets people moderate');
  expect((await bot.app.settings.of(discord.guildId, 'verification')).role).toBe(role);
});
