import { expect, test, vi } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { left, PATIENCE } from '../../../../services/automod/acting.ts';
import { upload } from '../../files/inspected.ts';
import { Ruler } from './ruled.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

function lines(...entries: readonly string[]) {
  return upload('words.txt', entries.join('\n'), 'text/plain');
}

test('a list of a file is looked for by the rule that names it, from then on and as the list changes', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  const taken = await ruler.order('words import', {
    list: 'Mean Fish',
    file: lines('herring', 'x', 'Cod*', 'herring'),
  });
  expect(taken).toContain('The list `mean-fish`');
  expect(taken).toContain('2 entries were added.');
  expect(taken).toContain('Line 2, `x`: it would be found in nearly every message.');
  const when = { type: 'words', list: 'mean-fish', match: 'word' };
  const rule = { name: 'Fish', mode: 'enforce', when, actions: [{ do: 'delete' }] };
  await ruler.order('import', { file: upload('rules.json', JSON.stringify([rule])) });
  await ruler.press('automod.import.confirm');
  const { discord } = bot;
  const say = (content: string) => discord.message({ as: 'member', channel: 'general', content, unchecked: true });
  await say('a h\u200bERRING');
  await say('codfish');
  await say('a trout');
  await expect.poll(() => left(bot), PATIENCE).toEqual(['a trout']);
  expect(await ruler.order('words remove', { list: 'mean-fish' })).toContain('The rule `Fish` looks for `mean-fish`.');
  await ruler.order('words import', { list: 'mean-fish', entries: 'trout, cod*', how: 'replace' });
  await bot.app.rules.settled(discord.guildId);
  await say('another trout');
  await say('a perch');
  await expect.poll(() => left(bot), PATIENCE).toEqual(['a trout', 'a perch']);
  expect(await ruler.press('automod.words.undo')).toContain(
    'The list `mean-fish` is as it was before, with 2 entries.',
  );
  expect(await ruler.order('words history', { list: 'mean-fish' })).toContain('took a change of `mean-fish` back');
  await ruler.order('words export', { list: 'mean-fish' });
  expect(await (await fetch(String(ruler.files[0]?.url))).text()).toBe('herring\nCod*\n');
});

test('a list of sites is of sites also where nobody says so again, and what is no list changes nothing', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  await ruler.order('words import', { list: 'scam', entries: 'bad.example.com', of: 'domains' });
  expect(await ruler.order('words import', { list: 'scam', entries: 'worse.com, https://x.com/a' })).toContain(
    'Line 2, `https://x.com/a`: it is no domain that a list can mean.',
  );
  const picture = upload('words.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]));
  const refused: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ list: 'scam', file: picture }, 'The file is no text.'],
    [{ list: 'scam', file: upload('x.json', '["a.com",\n "b.com"') }, 'JSON with a mistake in line 2, column 9'],
    [{ list: 'scam', file: upload('x.txt', new Uint8Array(10_000_001)) }, 'and may have at most 10.0 MB'],
    [{ list: 'scam' }, 'There is nothing in it.'],
    [{ list: 'scam', entries: 'rude', of: 'words' }, '`scam` is a list of domains.'],
    [{ list: 'scam', entries: '*, x' }, 'nothing in it can be looked for'],
    [{ list: 'a/b', entries: 'rude' }, 'A list is named by'],
    [{ list: 'none', entries: 'rude', how: 'remove' }, 'There is no list named `none` here.'],
  ];
  for (const [options, said] of refused)
    expect.soft(await ruler.order('words import', options as never), said).toContain(said);
  const shown = await ruler.order('words list');
  expect(shown).toContain('`scam`: 2 sites');
  await ruler.order('words remove', { list: 'scam' });
  expect(await ruler.order('words list')).toContain('There are no lists yet.');
  await ruler.order('words history');
  expect(await ruler.press('automod.words.undo')).toContain('with 2 entries');
  const member = new Ruler(bot, 'member');
  expect(await member.order('words import', { list: 'scam', entries: 'x.com' })).not.toContain('added');
  expect(await ruler.order('words list')).toContain('`scam`: 2 sites');
});
