import { expect, test, vi } from 'vitest';
import type { ModalShown } from '../../../../sandbox/server/state/interactions.ts';
import type { ModalValues } from '../../../../sandbox/server/verbs/interact.ts';
import type { Reply } from '../../../../sandbox/server/verbs/reply.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn, upload } from '../files/inspected.ts';
import { bannedIn, casesOf, lettersTo, order } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const NOON = new Date('2027-07-06T12:00:00Z');
const MODERATOR = { as: 'moderator', unchecked: true } as const;

/** Opens an entry of somebody's Apps menu. */
function open({ discord }: TestBot, name: string, who: string, as = 'moderator'): Promise<Reply> {
  return discord.userMenu(name, who, { as, unchecked: true });
}

function formIn({ modal, content }: Reply): ModalShown {
  if (!modal) throw new Error(`no form was opened: ${content}`);
  return modal;
}

/** Fills the form in that was opened, and says all that is read then. */
async function send({ discord }: TestBot, opened: Reply, values: ModalValues, as = 'moderator'): Promise<string> {
  return saidIn(await discord.submitModal(formIn(opened), values, { as, unchecked: true }));
}

test('the menus of people do what the commands do, with reason and duration out of a form', async () => {
  await using bot = await startBot({ now: () => NOON });
  const { people } = bot.discord;
  const warned = await open(bot, 'Warn', 'member');
  expect(warned.content).toContain('Warn chinstrap');
  expect(await send(bot, warned, { reason: ' be\0 *kind* ' })).toContain('**Case 1** · warning of');
  expect(lettersTo(bot, 'member')).toEqual([expect.stringContaining('be \\\\*kind\\\\*')]);
  const timed = await open(bot, 'Time out', 'member');
  expect(await send(bot, timed, { duration: '1 hour' })).toContain('**Case 2** · timeout of');
  expect(await send(bot, await open(bot, 'Kick', 'member'), { reason: 'bye' })).toContain('**Case 3** · kick of');
  expect(await send(bot, await open(bot, 'Ban', 'newcomer'), { duration: '3 days' })).toContain('**Case 4** · ban of');
  expect(await send(bot, await open(bot, 'Ban', 'member'), {})).toContain('**Case 5** · ban of');
  expect(await casesOf(bot)).toMatchObject([
    { type: 'warn', actor: people.moderator, reason: 'be *kind*', until: null, source: 'command' },
    { type: 'timeout', reason: null, until: new Date('2027-07-06T13:00:00Z') },
    { type: 'kick', reason: 'bye' },
    { type: 'ban', target: people.newcomer, until: new Date('2027-07-09T12:00:00Z') },
    { type: 'ban', target: people.member, until: null, evidence: [] },
  ]);
  expect(bannedIn(bot).toSorted()).toEqual([people.newcomer, people.member].toSorted());
  const history = saidIn(await open(bot, 'History', 'member'));
  expect(history).toContain('**5** ban');
  expect(history).toContain('be \\*kind\\*');
});

test('saved reasons are offered; one of them, words, or both are the reason, and a warning needs one', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { reasons: ['Spam', 'Rude to others'] });
  const { components } = formIn(await open(bot, 'Warn', 'member'));
  expect(JSON.stringify(components)).toContain('Rude to others');
  const fill = async (values: ModalValues) => send(bot, await open(bot, 'Warn', 'member'), values);
  expect(await fill({})).toContain('A warning needs a reason');
  expect(await fill({ reason: '   ' })).toContain('A warning needs a reason');
  expect(await fill({ saved: 'Spam' })).toContain('**Case 1**');
  expect(await fill({ saved: 'Spam', reason: 'x'.repeat(890) })).toContain('**Case 2**');
  expect(await fill({ reason: 'own' })).toContain('**Case 3**');
  expect((await casesOf(bot)).map(({ reason }) => reason)).toEqual(['Spam', `Spam: ${'x'.repeat(890)}`, 'own']);
});

test('a form is there without saved reasons while the database does not answer', async () => {
  await using bot = await startBot();
  const [locked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = bot.db.begin(async (tx) => {
    await tx`lock table settings`;
    locked.resolve();
    await free.promise;
  });
  await locked.promise;
  const { components } = formIn(await open(bot, 'Warn', 'member'));
  free.resolve();
  await holding;
  expect(components).toHaveLength(1);
});

test('a message is kept as evidence, with what it said and carried', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, channels } = discord;
  const file = upload('proof.txt', 'so it was');
  const message = await discord.message({ as: 'member', content: 'buy *this* <@&1>', files: [file] });
  const opened = await discord.messageMenu('Warn for this', message.id, MODERATOR);
  expect(await send(bot, opened, { reason: 'ads' })).toContain('**Case 1** · warning of');
  const url = `https://discord.com/channels/${guildId}/${channels.general}/${message.id}`;
  expect(await casesOf(bot)).toMatchObject([
    {
      ...{ type: 'warn', target: discord.people.member, reason: 'ads' },
      evidence: [
        { kind: 'message', url, text: 'buy *this* <@&1>' },
        { kind: 'file', name: 'proof.txt', size: 9 },
      ],
    },
  ]);
  const shown = await order(bot, 'case view', { number: 1 });
  expect(shown).toContain(url);
  expect(shown).toContain('buy \\*this\\* \\<@&1\\>');
  const late = await discord.messageMenu('Ban for this', message.id, MODERATOR);
  await discord.delete(message, { as: 'member' });
  expect(await send(bot, late, {})).toContain('**Case 2** · ban of');
  expect((await casesOf(bot))[1]?.evidence).toEqual([{ kind: 'message', url }]);
});

test('a menu goes by the rank of its command, in the form as well; bad input is said', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  expect(saidIn(await open(bot, 'Warn', 'newcomer', 'member'))).toContain('Timeout Members');
  expect(saidIn(await open(bot, 'History', 'newcomer', 'member'))).toContain('Timeout Members');
  await bot.set('permissions', { commands: { warn: 2 }, people: { [people.member]: 2 } });
  const opened = await open(bot, 'Warn', 'newcomer', 'member');
  expect(await send(bot, opened, { reason: 'a' }, 'member')).toContain('**Case 1**');
  const late = await open(bot, 'Warn', 'newcomer', 'member');
  await bot.set('permissions', { commands: { warn: 9 } });
  expect(await send(bot, late, { reason: 'a' }, 'member')).toContain('rank');
  expect(await send(bot, await open(bot, 'Kick', 'owner', 'owner'), {}, 'owner')).toContain('That would be you');
  const soon = await open(bot, 'Time out', 'newcomer', 'owner');
  expect(await send(bot, soon, { duration: 'soon' }, 'owner')).toContain('no span of time');
  expect(await casesOf(bot)).toHaveLength(1);
});
