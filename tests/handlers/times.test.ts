import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/handlers/commands.ts';
import { createI18n } from '../../src/lib/i18n.ts';
import { optionName } from '../../src/lib/option-name.ts';
import { startBot } from '../bot.ts';
import { filesBelow, importsOf, readSource } from '../sources.ts';

/** Every option in which people write a time. Whoever adds one adds it here, and has it read by the one grammar. */
const TIMES = [
  'moderation/ban duration',
  'moderation/case/edit duration',
  'moderation/jail duration',
  'moderation/lockdown duration',
  'moderation/massban duration',
  'moderation/masstimeout duration',
  'moderation/purge after',
  'moderation/purge before',
  'moderation/role/bulk joinedBefore',
  'moderation/role/temp duration',
  'moderation/schedule/edit until',
  'moderation/schedule/edit when',
  'moderation/schedule/post until',
  'moderation/schedule/post when',
  'moderation/search/members accountAfter',
  'moderation/search/members accountBefore',
  'moderation/search/members joinedAfter',
  'moderation/search/members joinedBefore',
  'moderation/slowmode duration',
  'moderation/timeout duration',
  'settings/config/moderation duration',
  'settings/config/reports reportWhen',
  'utility/afk until',
  'utility/poll/create ends',
  'utility/remind/edit when',
  'utility/remind/me when',
  'utility/remind/snooze until',
  'utility/selftimeout duration',
];
/** What an option is called that takes one. */
const CALLED = /when|until|^ends?$|^starts?$|duration|^for$|after|Before$|every|length|delay|lasts?|expires|slow/i;
/** Those that may be something else than a time to come alone, or come with another. */
const SUGGEST_NOTHING = /schedule.* until|purge (after|before)|role\/bulk|config\/moderation duration|search\/members/;

function options() {
  return Object.entries(COMMANDS).flatMap(([path, { options = {} }]) =>
    Object.entries(options).map(([name, option]) => ({ path, name, option, line: `${path} ${name}` })),
  );
}

test('every option that takes a time is known', () => {
  const called = options().filter(({ name, option }) => CALLED.test(name) && 'max_length' in option.definition);
  expect(called.map(({ line }) => line).toSorted()).toEqual(TIMES);
});

test('each of them says of a time that makes no sense what all others say', async () => {
  await using bot = await startBot();
  const { t } = createI18n();
  const said: string[] = [];
  for (const { path, name, option, line } of options()) {
    if (!TIMES.includes(line) || !option.suggest) continue;
    const command = path.split('/').slice(1).join(' ');
    const shown = optionName(name);
    const [first] = await bot.discord.autocomplete(command, { [shown]: 'in -3 days' }, shown, { as: 'owner' });
    expect.soft(first?.name, line).toBe(t('time.problems.negative').replaceAll('`', '').slice(0, 100));
    said.push(line);
  }
  expect(said).toHaveLength(TIMES.filter((line) => !SUGGEST_NOTHING.test(line)).length);
});

test('nothing else in the bot reads times', async () => {
  const files = (await filesBelow('src')).filter((path) => !path.startsWith('src/lib/time/'));
  const reads = await Promise.all(
    files.map(async (path) => {
      const imports = importsOf(path, await readSource(path));
      return imports.some(({ target, typeOnly }) => target === 'src/lib/time/parse.ts' && !typeOnly) ? [path] : [];
    }),
  );
  expect(reads.flat()).toEqual([
    'src/handlers/commands/utility/afk.ts',
    'src/handlers/commands/utility/remind/snooze.ts',
    'src/handlers/duration-option.ts',
    'src/handlers/post-end.ts',
    'src/handlers/report-time.ts',
    'src/handlers/when-option.ts',
  ]);
});
