import { expect, test } from 'vitest';
import { customIdsIn } from '../../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { expectWithinLimits, saidIn } from '../../files/inspected.ts';
import { order } from '../moderated.ts';

const moderator = { as: 'moderator' } as const;

/** A case as it is shown, and what its buttons lead to. */
async function view({ discord }: TestBot, number: number) {
  let reply = await discord.slash('case view', { number }, moderator);
  const press = async (to: string) => {
    const [message] = [...reply.followUps, reply.message].flatMap((one) => one ?? []);
    const id = customIdsIn(message).find((one) => one.includes(`:${to}:`));
    if (!message || id === undefined) throw new Error(`there is no button for ${to}: ${saidIn(reply)}`);
    reply = await discord.click(message, id, moderator);
    expectWithinLimits(reply.message?.components, to);
    return saidIn(reply);
  };
  const labels = () => JSON.stringify([reply.message, ...reply.followUps]);
  return { said: saidIn(reply), labels, press };
}

/** Which notes stand there whole, by the letter each ends with. */
function notesIn(said: string): readonly string[] {
  return [...said.matchAll(/(?:\\\*){900}([a-z])\b/g)].map(([, letter = '']) => letter);
}

test('all that was noted can be read whole, page by page, to and fro, and back to the case', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  const letters = 'abcdefgh'.split('');
  for (const letter of letters) await order(bot, 'case note', { number: 1, text: `${'*'.repeat(900)}${letter}` });
  const { labels, press } = await view(bot, 1);
  expect(labels()).toContain('Notes and changes (8)');
  const seen: string[] = [];
  for (let page = await press('latest'); ; page = await press('older')) {
    seen.push(...notesIn(page));
    if (seen.length >= letters.length || notesIn(page).length === 0) break;
  }
  expect(seen).toEqual(letters.toReversed());
  expect(notesIn(await press('newer'))).not.toContain('a');
  expect(await press('case')).toContain('Case 1: warning');
});

test('what a reason was before stands there whole, and none of its lines can be taken for something else that was said', async () => {
  await using bot = await startBot();
  const first = `${'x'.repeat(400)}\n<@${bot.discord.people.owner}> noted: forged\n# large`;
  await order(bot, 'warn', { member: 'member', reason: first });
  await order(bot, 'case edit', { number: 1, reason: 'b' });
  const { said, press } = await view(bot, 1);
  expect(said).not.toContain('forged');
  const whole = await press('latest');
  expect(whole).toContain(`changed the reason, which was: \n> ${'x'.repeat(400)}\n> \\<@`);
  expect(whole).toContain('\n> \\# large');
});

test('a case without notes has no button, and buttons are for those who may see cases', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect((await view(bot, 1)).labels()).not.toContain('Notes and changes');
  await order(bot, 'case note', { number: 1, text: 'b' });
  const reply = await bot.discord.slash('case view', { number: 1 }, moderator);
  const [id = ''] = customIdsIn(reply.message);
  if (!reply.message) throw new Error('no case was shown');
  const refused = await bot.discord.click(reply.message, id, { as: 'member', unchecked: true });
  expect(saidIn(refused)).toContain('Timeout Members');
});
