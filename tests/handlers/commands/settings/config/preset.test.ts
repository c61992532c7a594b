import { expect, test } from 'vitest';
import { AREAS, type AreaName } from '../../../../../src/services/settings/areas.ts';
import { SETTINGS_PRESET_NAMES, SETTINGS_PRESETS } from '../../../../../src/services/settings/presets.ts';
import { startBot } from '../../../../bot.ts';
import { Setter } from './setter.ts';

test.each(SETTINGS_PRESET_NAMES)('what %s sets fits, and names nothing of one server', (name) => {
  for (const [area, given] of Object.entries(SETTINGS_PRESETS[name].areas)) {
    const { problems, filled } = AREAS[area as AreaName];
    expect(problems(filled(given)), area).toEqual([]);
    expect(JSON.stringify(given)).not.toMatch(/\d{17}/);
  }
});

test('a preset is shown, stored by one press, and taken back by sections', async () => {
  await using bot = await startBot();
  const { guildId, channels } = bot.discord;
  await bot.set('raids', { channel: channels.general, joins: 50 });
  const setter = new Setter(bot);
  const shown = await setter.order('preset', { preset: 'large-public-server' });
  expect(shown).toContain('large public server');
  expect(shown).toContain('50 → 15');
  expect(shown).toContain('Automod rules**: with');
  expect((await bot.app.settings.of(guildId, 'raids')).joins).toBe(50);
  expect(await setter.press('config.plan.confirm')).toContain('Saved');
  const { settings } = bot.app;
  expect(await settings.of(guildId, 'raids')).toMatchObject({
    on: true,
    joins: 15,
    seconds: 30,
    channel: channels.general,
  });
  expect((await settings.of(guildId, 'moderation')).decayDays).toBe(90);
  expect(await bot.db`select distinct version from automod_rule_changes`).toHaveLength(1);
  // One entry, of all its sections.
  const history = await setter.order('history');
  expect(history.match(/ by <@/g)).toHaveLength(2);
  expect(history).toMatch(
    /Moderation \(version 1\).*Raids \(version 2\)|Raids \(version 2\).*Moderation \(version 1\)/,
  );
  expect(history).toContain('50 → 15');
  expect(await setter.order('preset', { preset: 'large-public-server' })).toContain('nothing to change');
  expect(await setter.order('rollback', { area: 'raids', version: '1' })).toContain('15 → 50');
  await setter.press('config.plan.confirm');
  expect(await settings.of(guildId, 'raids')).toMatchObject({ joins: 50, seconds: 60, channel: channels.general });
});
