import { PermissionFlagsBits } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../bot.ts';
import { upload } from '../files/inspected.ts';
import { auditOf, bannedIn, casesOf, lettersTo, order, withLog } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const NOON = Date.parse('2027-07-06T12:00:00Z');

test('a member is told, banned and kept in a case; audit log and log channel name who, why and which case', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  const entries = await withLog(bot);
  const said = await order(bot, 'ban', { who: 'newcomer', reason: 'sells *things*', 'delete-days': 1 });
  expect(said).toContain('**Case 1** · ban of');
  expect(said).toContain('done; the member was told');
  expect(bannedIn(bot)).toEqual([people.newcomer]);
  const audit = auditOf(bot);
  expect(audit.map(({ reason }) => reason)).toEqual([`gentoo (${people.moderator}) · case 1 · sells *things*`]);
  const [letter, ...more] = lettersTo(bot, 'newcomer');
  expect(more).toEqual([]);
  expect(letter).toContain('You are banned from Rockhopper Colony');
  expect(letter).toContain('sells \\\\*things\\\\*');
  expect(await casesOf(bot)).toMatchObject([
    { number: 1, type: 'ban', target: people.newcomer, actor: people.moderator, state: 'done', told: 'yes' },
  ]);
  await expect.poll(entries).toHaveLength(1);
  expect(entries()[0]).toContain('Case 1: ban');
  expect(entries()[0]).toContain('sells \\\\*things\\\\*');
  const sent = bot.discord.requests().filter(({ path }) => path.includes(`/bans/${people.newcomer}`));
  expect(sent.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
    { delete_message_seconds: 86_400 },
  ]);
});

test('several are banned at once, also such as are not here; who cannot be is named, and the others are banned', async () => {
  await using bot = await startBot();
  const { people, state } = bot.discord;
  const [stranger = ''] = await bot.discord.join(1);
  await bot.discord.leave(stranger);
  const others = `<@${people.moderator}>, ${stranger} ${people.newcomer}`;
  const said = await order(bot, 'ban', { who: 'newcomer', others, reason: 'raid' });
  expect(said).toContain('That would be you');
  expect(bannedIn(bot).toSorted()).toEqual([people.newcomer, stranger].toSorted());
  expect((await casesOf(bot)).map(({ number, told }) => [number, told])).toEqual([
    [1, 'yes'],
    [2, null],
  ]);
  expect(state.guilds.get(bot.discord.guildId)?.members.has(people.newcomer)).toBe(false);
});

test('of twenty that cannot be banned it is said of as many as there is room for, and how many more there are', async () => {
  await using bot = await startBot();
  const { guildId, roles } = bot.discord;
  const above = await bot.discord.join(20);
  for (const one of above) {
    await bot.discord.rest('PUT', `/guilds/${guildId}/members/${one}/roles/${roles.moderator}`, { as: 'owner' });
  }
  const said = await order(bot, 'ban', { who: above[0] ?? '', others: above.slice(1).join(' '), reason: 'raid' });
  expect(said).toContain('Nothing was done:');
  const named = said.match(/which is not above it/g) ?? [];
  const [, more] = /and (\d+) more/.exec(said) ?? [];
  expect(named.length + Number(more)).toBe(20);
  expect(bannedIn(bot)).toEqual([]);
});

test('silent tells the member nothing; a member who takes no messages is banned all the same, and that is recorded', async () => {
  await using bot = await startBot();
  expect(await order(bot, 'ban', { who: 'newcomer', silent: true })).toContain('the member was not told, as asked for');
  expect(lettersTo(bot, 'newcomer')).toEqual([]);
  await bot.discord.directMessages('member', false);
  expect(await order(bot, 'ban', { who: 'member' })).toContain('takes no messages from me');
  expect((await casesOf(bot)).map(({ told, state }) => [state, told])).toEqual([
    ['done', null],
    ['done', 'closed'],
  ]);
});

test('evidence is kept: the link of a message, and a file', async () => {
  await using bot = await startBot();
  const evidence = `https://discord.com/channels/${bot.discord.guildId}/${bot.discord.channels.general}/1170000000000000001`;
  const file = upload('proof.txt', 'it was them', 'text/plain');
  expect(await order(bot, 'ban', { who: 'newcomer', evidence, file })).toContain('Case 1');
  expect((await casesOf(bot))[0]?.evidence).toMatchObject([
    { kind: 'message', url: evidence },
    { kind: 'file', name: 'proof.txt' },
  ]);
  expect(await order(bot, 'ban', { who: 'member', evidence: 'https://example.com' })).toContain('link of a message');
  expect(bannedIn(bot)).toEqual([bot.discord.people.newcomer]);
});

test('who stands in the way is said: oneself, the bot, the owner, a role above, my role below, a rank', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, roles, guildId } = discord;
  const add = (who: string, role: string | undefined) =>
    discord.rest('PUT', `/guilds/${guildId}/members/${people[who]}/roles/${role}`, { as: 'owner' });
  expect(await order(bot, 'ban', { who: 'moderator' })).toContain('That would be you');
  expect(await order(bot, 'ban', { who: 'bot' })).toContain('That would be me');
  expect(await order(bot, 'ban', { who: 'owner' })).toContain('nobody can act against the owner');
  await add('newcomer', roles.moderator);
  const equal = await order(bot, 'ban', { who: 'newcomer' });
  expect(equal).toContain(`has the role <@&${roles.moderator}>, and your highest is <@&${roles.moderator}>`);
  await add('newcomer', roles.owner);
  const above = await order(bot, 'ban', { who: 'newcomer' }, 'owner');
  expect(above).toContain(`my highest is <@&${roles.bot}>`);
  await bot.set('permissions', { people: { [people.member]: 6, [people.moderator]: 6 } });
  const ranked = await order(bot, 'ban', { who: 'member' });
  expect(ranked).toContain('has rank 6 (bans people) here, and yours is 6 (bans people)');
  expect(await casesOf(bot)).toEqual([]);
  expect(bannedIn(bot)).toEqual([]);
});

test('who may not is refused, deny by default, and Discord shows the command to nobody else', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(await order(bot, 'ban', { who: 'newcomer' }, 'member')).toContain(
    'You need this permission to use it: Ban Members',
  );
  await bot.set('permissions', { roles: { [discord.roles.moderator]: 5 } });
  expect(await order(bot, 'ban', { who: 'newcomer' })).toContain('needs rank 6');
  const ban = [...discord.state.commands.values()].find(({ name }) => name === 'ban');
  expect(ban?.default_member_permissions).toBe(String(PermissionFlagsBits.BanMembers));
  expect(await casesOf(bot)).toEqual([]);
});

test('ids that are none, nobody with this id, too many, and who is banned already', async () => {
  await using bot = await startBot();
  const say = (others: string) => order(bot, 'ban', { who: 'newcomer', others });
  expect(await say('everybody')).toContain('I cannot read `everybody` as a person');
  expect(await say('1170000000000009999')).toContain('Discord knows nobody with the id');
  const many = Array.from({ length: 25 }, (_, at) => `11700000000000100${at + 10}`).join(' ');
  expect(await say(many)).toContain('That names 26 people; 20 at once');
  expect(await casesOf(bot)).toEqual([]);
  await order(bot, 'ban', { who: 'newcomer' });
  expect(await order(bot, 'ban', { who: 'newcomer' })).toContain('banned already, by case 1');
  await bot.discord.rest('PUT', `/guilds/${bot.discord.guildId}/bans/${bot.discord.people.member}`, { as: 'owner' });
  expect(await order(bot, 'ban', { who: 'member' })).toContain('They are banned already.');
  expect(await casesOf(bot)).toHaveLength(1);
});

test('a ban for a time is lifted when it is over, in a case of its own; a new time takes the place of the old', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const after = (hours: number) => {
    clock.now = NOON + hours * 3_600_000;
    bot.app.timers.wake();
  };
  expect(await order(bot, 'ban', { who: 'newcomer', duration: '1 hour' })).toContain('Case 1');
  expect(await order(bot, 'ban', { who: 'newcomer', duration: '3 hours', reason: 'longer' })).toContain('Case 2');
  expect((await casesOf(bot)).map(({ until }) => until.getTime() - NOON)).toEqual([3_600_000, 3 * 3_600_000]);
  after(2);
  expect(await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toHaveLength(1);
  expect(bannedIn(bot)).toEqual([discord.people.newcomer]);
  after(3);
  await expect.poll(() => bannedIn(bot)).toEqual([]);
  await expect
    .poll(async () => (await casesOf(bot)).map(({ type, state }) => `${type} ${state}`))
    .toEqual(['ban done', 'ban done', 'unban done']);
  expect(auditOf(bot).at(-1)?.reason).toBe(
    `${discord.state.bot.username} (${discord.state.bot.id}) · case 3 · the time of case 2 is over`,
  );
  expect(await order(bot, 'ban', { who: 'member', duration: 'ages' })).toContain('no span of time');
});

test('two who ban one person at the same moment do so once; the other is told by which case', async () => {
  await using bot = await startBot();
  const [one, two] = await Promise.all([
    order(bot, 'ban', { who: 'newcomer' }),
    order(bot, 'ban', { who: 'newcomer' }, 'owner'),
  ]);
  expect(`${one}${two}`).toContain('They are banned already, by case 1');
  expect(auditOf(bot)).toHaveLength(1);
  expect((await casesOf(bot)).filter(({ state }) => state === 'done')).toHaveLength(1);
});

test('one who was banned by another between the question and the order is banned once, and again when that was lifted elsewhere', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const actor = { id: discord.people.owner, name: 'adelie' };
  const target = { target: discord.people.newcomer, targetName: 'fiordland', guild: discord.guildId };
  const ban = () => app.moderation.order({ ...target, type: 'ban', actor, source: 'command' });
  const states = async () => (await casesOf(bot)).map(({ state }) => state);
  await ban();
  await expect.poll(states).toEqual(['done']);
  await ban();
  await expect.poll(states).toEqual(['done', 'void']);
  await discord.rest('DELETE', `/guilds/${discord.guildId}/bans/${discord.people.newcomer}`, { as: 'owner' });
  await expect.poll(states).toEqual(['done', 'void', 'done']); // the unban is a case, too
  await ban();
  await expect.poll(states).toEqual(['done', 'void', 'done', 'done']);
  expect(bannedIn(bot)).toEqual([discord.people.newcomer]);
  expect(auditOf(bot)).toHaveLength(2);
});
