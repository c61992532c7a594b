import { expect, test } from 'vitest';
import type { ModalValues } from '../../../../../sandbox/server/verbs/interact.ts';
import type { Reply } from '../../../../../sandbox/server/verbs/reply.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

const owner = { as: 'owner' } as const;

/** Opens the form of a setting from a section that is shown. */
async function open(bot: TestBot, shown: Reply, area: string, setting: string, who: { readonly as: string } = owner) {
  const { modal } = await bot.discord.select(shown.message ?? '', `config.section.pick:1:${area}`, [setting], who);
  if (!modal) throw new Error('no form');
  return (values: ModalValues) => bot.discord.submitModal(modal, values, who);
}

/** Somebody beside the owner who may manage the server. */
async function makeAdmin(bot: TestBot): Promise<void> {
  const { discord } = bot;
  const role = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, {
    ...owner,
    body: { name: 'admins', permissions: String(1n << 5n) },
  });
  const { id } = role as { readonly id: string };
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${discord.people.moderator}/roles/${id}`, owner);
}

test('settings of every kind are filled in by the form that their schema draws', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId } = discord;
  const fill = async (area: string, setting: string, value: string | readonly string[]) => {
    const shown = await discord.slash('config section', { area }, owner);
    const submit = await open(bot, shown, area, setting);
    return saidIn(await submit({ value }));
  };
  expect(await fill('logs', 'logChannel', ['mod-log'])).toContain(`Log channel** <#${channels['mod-log']}>`);
  expect(await fill('general', 'timeZone', 'Berlin')).toContain('Europe/Berlin');
  expect(await fill('automod', 'webhooks', ['true'])).toContain('Messages of webhooks** yes');
  expect(await fill('automod', 'exemptChannels', ['general', 'random'])).toContain(`<#${channels.general}>`);
  expect(await fill('files', 'shield', ['flag'])).toContain('the log is told');
  expect(await fill('moderation', 'recorded', ['nicks', 'roles'])).toContain('nicknames, roles');
  expect(await fill('moderation', 'decayDays', '90')).toContain('90');
  expect(await fill('moderation', 'reasons', 'spam\nrude words\nspam')).toContain('spam, rude words');
  expect(await fill('moderation', 'appeal', 'Write to *us*')).toContain('Write to \\*us');
  expect(await bot.app.settings.of(guildId, 'moderation')).toMatchObject({
    ...{ recorded: ['nicks', 'roles'], decayDays: 90, reasons: ['spam', 'rude words'], appeal: 'Write to *us*' },
  });
  // What is left empty is taken away.
  expect(await fill('logs', 'logChannel', [])).toContain('Log channel** not set');
});

test('what does not fit is answered with what would, and nothing is stored', async () => {
  await using bot = await startBot({ env: { FILES_MAX_MEGAPIXELS: '32' } });
  const { discord } = bot;
  const refuse = async (area: string, setting: string, value: string | readonly string[]) => {
    const submit = await open(bot, await discord.slash('config section', { area }, owner), area, setting);
    return saidIn(await submit({ value }));
  };
  expect(await refuse('moderation', 'decayDays', '0')).toContain('must be a number from 1 to 3,650');
  expect(await refuse('moderation', 'decayDays', 'soon')).toContain('must be a number from 1 to 3,650');
  expect(await refuse('general', 'timeZone', 'Mars')).toContain('is not a time zone I know');
  expect(await refuse('moderation', 'reasons', 'x'.repeat(101))).toContain('at most 50 different reasons');
  expect(await refuse('files', 'megapixels', '64')).toContain('allows at most');
  const own = await discord.select(
    (await discord.slash('config section', { area: 'Ranks' }, owner)).message ?? '',
    'config.section.pick:1:permissions',
    ['roles'],
    owner,
  );
  expect(saidIn(own)).toContain('`/permissions set`');
  expect(saidIn(await discord.slash('config section', { area: 'weather' }, owner))).toContain('no section weather');
  expect(await bot.db`select from settings_history`).toHaveLength(0);
});

test('whoever may not manage the server is refused, and of what is the owners alone so is who may', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await makeAdmin(bot);
  const stranger = { as: 'member', unchecked: true } as const;
  expect(saidIn(await discord.slash('config section', { area: 'logs' }, stranger))).toContain('Manage Server');
  const who = { as: 'moderator' } as const;
  const shown = await discord.slash('config section', { area: 'moderation' }, who);
  const submit = await open(bot, shown, 'moderation', 'brakeBans', who);
  expect(saidIn(await submit({ value: '0' }))).toContain('is for the owner of the server alone');
  const days = await open(bot, shown, 'moderation', 'decayDays', who);
  expect(saidIn(await days({ value: '7' }))).toContain('Saved.');
});

test('of two who change the same at once the second is shown what changed, and decides', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await makeAdmin(bot);
  const who = { as: 'moderator' } as const;
  const [mine, theirs] = [
    await discord.slash('config section', { area: 'moderation' }, owner),
    await discord.slash('config section', { area: 'moderation' }, who),
  ];
  const [first, second, other] = [
    await open(bot, mine, 'moderation', 'decayDays'),
    await open(bot, theirs, 'moderation', 'decayDays', who),
    await open(bot, theirs, 'moderation', 'mostPoints', who),
  ];
  await first({ value: '10' });
  // Something else of the section: stored, and what is new is shown.
  const stored = saidIn(await other({ value: '7' }));
  expect(stored).toContain('Saved.');
  expect(stored).toContain('Points count for, in days**: 30 → 10');
  // The same: shown, and not stored before it is confirmed.
  const asked = await second({ value: '20' });
  expect(saidIn(asked)).toContain(`Meanwhile changed by`);
  expect(saidIn(asked)).toContain('Points count for, in days**: 30 → 10');
  expect(saidIn(asked)).toContain('Points count for, in days**: 10 → 20');
  expect(await bot.app.settings.of(discord.guildId, 'moderation')).toMatchObject({ decayDays: 10, mostPoints: 7 });
  const yes = /"custom_id":"(config\.plan\.confirm:[^"]+)"/.exec(JSON.stringify(asked.message))?.[1] ?? '';
  // And a third who was faster than the confirmation is shown as well.
  const third = await open(bot, mine, 'moderation', 'decayDays');
  await third({ value: '15' });
  const again = await discord.click(asked.message ?? '', yes, who);
  expect(saidIn(again)).toContain('15 → 20');
  const sure = /"custom_id":"(config\.plan\.confirm:[^"]+)"/.exec(JSON.stringify(again.message))?.[1] ?? '';
  expect(saidIn(await discord.click(again.message ?? '', sure, who))).toContain('Saved: 1 change');
  expect(await bot.app.settings.of(discord.guildId, 'moderation')).toMatchObject({ decayDays: 20, mostPoints: 7 });
});

test('what names something that is gone is shown as broken, does no harm, and is taken out by one press', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId } = discord;
  await bot.set('logs', { logChannel: channels.random });
  await bot.set('automod', { exemptChannels: [channels.random, channels.general] });
  await discord.rest('DELETE', `/channels/${channels.random}`, owner);
  await expect.poll(() => bot.app.discord.channels.cache.has(channels.random ?? '')).toBe(false);
  const warned = saidIn(await discord.slash('warn', { member: 'member', reason: 'rude' }, owner));
  expect(warned).toContain('warn');
  const shown = await discord.slash('config section', { area: 'automod' }, owner);
  expect(saidIn(shown)).toContain('a channel that is gone');
  const out = await discord.click(shown.message ?? '', 'config.section.takeOut:1:automod', owner);
  expect(saidIn(out)).not.toContain('is gone');
  expect((await bot.app.settings.of(guildId, 'automod')).exemptChannels).toEqual([channels.general]);
  const logs = await discord.slash('config section', { area: 'logs' }, owner);
  await discord.click(logs.message ?? '', 'config.section.takeOut:1:logs', owner);
  expect(await bot.app.settings.of(guildId, 'logs')).toEqual({});
});

test('a stored value that fits no more is shown as broken, with what it should be', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.db`
    insert into settings (guild_id, area, value) values (${discord.guildId}, 'general', '{"timeZone":"Mars/Olympus"}')`;
  const shown = saidIn(await discord.slash('config section', { area: 'general' }, owner));
  expect(shown).toContain('what was stored no longer fits');
  expect(shown).toContain('a time zone such as Europe/Berlin');
});
