import { expect, test } from 'vitest';
import type { ModalShown } from '../../../../../sandbox/server/state/interactions.ts';
import { ACTIONS } from '../../../../../src/services/moderation/actions.ts';
import { badPlaceholder } from '../../../../../src/services/settings/letter-placeholders.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { expectWithinLimits, saidIn } from '../../files/inspected.ts';
import { casesOf, lettersTo, order } from '../../moderation/moderated.ts';
import { makeManager, Setter } from './setter.ts';

const letters = (bot: TestBot, options: Record<string, string>, as = 'owner') =>
  order(bot, 'config letters', options, as);
const lettersOf = async (bot: TestBot) => (await bot.app.settings.of(bot.discord.guildId, 'moderation')).letters;

/** The text of the last letter to somebody, as Discord is given it. */
function textTo(bot: TestBot, who: string): string {
  return JSON.parse(lettersTo(bot, who).at(-1) ?? '[]')
    .flatMap((card: { components: { content?: string }[] }) => card.components)
    .map(({ content = '' }) => content)
    .join('\n');
}

test('each action of which somebody is told has its words, and no other', async () => {
  await using bot = await startBot();
  const command = [...bot.discord.state.commands.values()].find(({ name }) => name === 'config');
  const choices = JSON.stringify(command).match(/"name":"action".*?"choices":(\[.*?\])/g) ?? [];
  const told = Object.entries(ACTIONS).flatMap(([type, { tells = true, ofPerson = true }]) =>
    tells && ofPerson ? [type] : [],
  );
  const offered = choices.map((one) => [...one.matchAll(/"value":"([a-z-]+)"/g)].map(([, value]) => value).toSorted());
  expect(offered).toContainEqual(told.toSorted());
});

test('what a member is told is in the words of the server, all filled in; strangers cannot format or ping by it', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  const text =
    '**Hi**, {server}: {reason} ({case}, {MODERATOR}) for { duration } until {until}. {appeal} <@1> {reason}';
  expect(await letters(bot, { action: 'timeout', text })).toContain('Rule 2: no fish for sale');
  await bot.set('moderation', { letters: await lettersOf(bot), appeal: 'Ask the *council*.' });
  await order(bot, 'timeout', { member: 'member', duration: '90 minutes', reason: '@everyone [x](https://x.example)' });
  const [one] = await casesOf(bot);
  const said = textTo(bot, 'member');
  expect(said).toContain('**Hi**, ');
  expect(said).toContain('(1, gentoo) for 1 hour 30 minutes until <t:');
  expect(said).toContain(`<t:${Math.floor(Number(one?.until) / 1_000)}:f>. Ask the *council*. <@1>`);
  expect(said).toContain('@everyone \\[x\\](https://x.example)');
  expect(said.match(/council/g)).toHaveLength(1);
  const dm = [...bot.discord.state.channels.values()].find(({ recipients }) =>
    recipients?.some(({ id }) => id === people.member),
  );
  const [message] = bot.discord.state.messages.list(dm?.id ?? '', { limit: 1 });
  expect(message).toMatchObject({ mentions: [], mention_everyone: false });
  expectWithinLimits(message?.components, 'letter');
  await letters(bot, { action: 'warn', text: 'Warned, {duration}, {until}' });
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect(textTo(bot, 'member')).toMatch(/^Warned, for good, for good\n-# Ask the/);
});

test('an address leads where it should, and a member who is named is not pinged', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  const address = 'https://forms.example/ban_appeal?of=*_~|';
  await bot.set('moderation', { appeal: address });
  await order(bot, 'timeout', { member: 'member', duration: '1 hour', reason: 'so_so' });
  expect(textTo(bot, 'member')).toContain(address);
  expect(textTo(bot, 'member')).toContain('so\\_so');
  await letters(bot, { action: 'warn', text: `Read https://x.example/a_b_c, <@${people.member}>. {appeal}` });
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect(textTo(bot, 'member')).toContain(`Read https://x.example/a_b_c, <@${people.member}>. ${address}`);
  const [dm] = [...bot.discord.state.channels.values()].filter(({ recipients }) => recipients);
  const sent = bot.discord.state.messages.list(dm?.id ?? '', { limit: 10 });
  expect(sent.map(({ mentions }) => mentions)).toEqual([[], []]);
});

test('what cannot be filled in is named, and nothing is saved', async () => {
  await using bot = await startBot();
  const said = await letters(bot, { action: 'ban', text: 'You did {resaon}' });
  expect(said).toContain('`{resaon}` is nothing that I can fill in');
  expect(said).toContain('`{moderator}`');
  for (const [text, bad] of [
    ['{server} {user}', '{user}'],
    ['{reason', '{'],
    ['reason}', '}'],
    ['{}', '{}'],
    ['{{reason}}', '{'],
    ['{constructor}', '{constructor}'],
    ['{reason} { Server }', undefined],
  ] as const) {
    expect(badPlaceholder(text), text).toBe(bad);
  }
  expect(await letters(bot, { action: 'ban', text: '   ' })).toContain('There is nothing in it');
  expect(await letters(bot, { action: 'ban', text: 'x' }, 'moderator')).toContain('Manage Server');
  expect(await lettersOf(bot)).toEqual({});
  const { guildId } = bot.discord;
  const outcome = await bot.app.settings.set(guildId, 'moderation', { letters: { ban: '{x}' } }, { by: null });
  expect(outcome.ok).toBe(false);
});

test('words are written in a form, in several lines, and taken back to those of the bot', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const as = { as: 'owner' } as const;
  const shown = await discord.slash('config letters', { action: 'kick' }, as);
  expect(saidIn(shown)).toContain('These are my own words');
  expect(saidIn(shown)).toContain('You are removed from');
  const opened = await discord.click(shown.message ?? '', 'config.letters.edit:1:kick', as);
  expect(JSON.stringify(opened.modal)).toContain('You are removed from {server}.\\nReason: {reason}');
  const modal: ModalShown = opened.modal ?? { custom_id: '', title: '', components: [], interactionId: '' };
  const saved = await discord.submitModal(modal, { text: 'Out you go.\n\n- {reason}' }, as);
  expect(saidIn(saved)).toContain("this server's own words");
  await order(bot, 'kick', { member: 'newcomer', reason: 'spam' });
  expect(textTo(bot, 'newcomer')).toContain('Out you go.\n\n- spam');
  expect(await order(bot, 'config moderation', {}, 'owner')).toContain('for** kick');
  const reset = await discord.click(shown.message ?? '', 'config.letters.reset:1:kick', { ...as, unchecked: true });
  expect(saidIn(reset)).toContain('These are my own words');
  expect(await lettersOf(bot)).toEqual({});
  await order(bot, 'kick', { member: 'member', reason: 'spam' });
  expect(textTo(bot, 'member')).toContain('### You are removed from');
});

test('the longest words with the longest reasons are sent all the same', async () => {
  await using bot = await startBot();
  await letters(bot, { action: 'warn', text: `{reason}${'*'.repeat(984)}{reason}` });
  expect(saidIn(await bot.discord.slash('config letters', { action: 'warn' }, { as: 'owner' }))).toContain('filled in');
  await order(bot, 'warn', { member: 'member', reason: '_'.repeat(1_000) });
  expect(await casesOf(bot)).toMatchObject([{ state: 'done', told: 'yes' }]);
  const [letter = '[]'] = lettersTo(bot, 'member');
  expectWithinLimits(JSON.parse(letter), 'letter');
});

test('where it does not all fit the reason is shortened, and what they can do against it is whole', async () => {
  await using bot = await startBot();
  const appeal = `${'Write to the council. '.repeat(20)}https://x.example/an_end`;
  await bot.set('moderation', { appeal });
  const reason = '_'.repeat(1_000);
  await letters(bot, { action: 'warn', text: `{reason}${'-'.repeat(950)} {reason} {appeal} END` });
  await order(bot, 'warn', { member: 'member', reason });
  expect(textTo(bot, 'member')).toContain(`_… ${appeal} END`);
  expect(textTo(bot, 'member').match(/…/g)).toHaveLength(2);
  // What else is filled in may be too much by itself.
  await letters(bot, { action: 'warn', text: `${'{server} '.repeat(100)}{reason} {appeal}` });
  await bot.discord.rest('PATCH', `/guilds/${bot.discord.guildId}`, { as: 'owner', body: { name: '~'.repeat(100) } });
  await expect.poll(() => bot.app.discord.guilds.cache.get(bot.discord.guildId)?.name).toBe('~'.repeat(100));
  await order(bot, 'warn', { member: 'member', reason });
  expect(textTo(bot, 'member')).toMatch(/…\n-# Write to the council/);
  expect(textTo(bot, 'member').endsWith(appeal)).toBe(true);
  await bot.set('moderation', { appeal: 'x'.repeat(500) });
  await order(bot, 'timeout', { member: 'member', duration: '1 hour', reason });
  expect(textTo(bot, 'member').endsWith(`-# ${'x'.repeat(500)}`)).toBe(true);
});

test('of two who change the same letter at once the second is shown what changed, and decides', async () => {
  await using bot = await startBot();
  await makeManager(bot);
  const [mine, theirs] = [new Setter(bot), new Setter(bot, 'moderator')];
  await mine.order('letters', { action: 'warn' });
  await theirs.order('letters', { action: 'warn' });
  await mine.press('config.letters.edit');
  await theirs.press('config.letters.edit');
  expect(await mine.fill({ text: 'Mine: {reason}' })).toContain('Saved.');
  const asked = await theirs.fill({ text: 'Theirs: {reason}' });
  expect(asked).toContain('Meanwhile changed by');
  expect(asked).toContain('Mine');
  expect((await lettersOf(bot)).warn).toBe('Mine: {reason}');
  expect(await theirs.press('config.plan.confirm')).toContain('Saved: 1 change');
  expect((await lettersOf(bot)).warn).toBe('Theirs: {reason}');
  // By the option as well, and not where it was another letter.
  expect(await letters(bot, { action: 'ban', text: 'Gone.' }, 'owner')).toContain('Saved.');
  expect(await letters(bot, { action: 'warn', text: 'Mine.' }, 'owner')).toContain('Saved.');
  expect(await letters(bot, { action: 'kick', text: 'Out.' }, 'moderator')).toContain('Saved.');
  expect(await letters(bot, { action: 'warn', text: 'Mine again.' }, 'owner')).toContain('Saved.');
  expect(await letters(bot, { action: 'kick', text: 'Out again.' }, 'owner')).toContain('Saved.');
});
