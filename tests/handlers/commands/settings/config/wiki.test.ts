import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

const owner = { as: 'owner' } as const;

test('what is no public address of a wiki is not taken', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const refusals = [
    [{ name: 'Rocks' }, 'both its name and its address'],
    [{ name: 'Rocks', address: 'http://wiki.example/' }, 'begins with https'],
    [{ name: 'Rocks', address: 'https://10.0.0.1/w/api.php' }, 'its address is private'],
    [{ remove: 'Rocks' }, 'no wiki named Rocks'],
  ] as const;
  for (const [options, said] of refusals) {
    const reply = await discord.slash('config wiki', options, { ...owner, settle: 'ack' });
    await reply.until((one) => saidIn(one).includes(said), { deadlineMs: 20_000 });
  }
  expect((await app.settings.of(discord.guildId, 'wiki')).sites).toEqual([]);
});

test('the list is shown and shortened, and two changes at the same moment are both kept', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const by = { by: discord.people.owner };
  const add = (name: string) =>
    app.settings.set(
      discord.guildId,
      'wiki',
      ({ sites }) => ({ sites: [...sites, { name, api: `https://${name}.example/api.php` }] }),
      by,
    );
  await Promise.all([add('Rocks'), add('Birds'), add('Ice')]);
  const reply = await discord.slash('config wiki', { remove: 'birds' }, owner);
  expect(saidIn(reply)).toMatch(/Wikipedia, always/);
  const { sites } = await app.settings.of(discord.guildId, 'wiki');
  expect(sites.map(({ name }) => name).sort()).toEqual(['Ice', 'Rocks']);
  expect(saidIn(await discord.slash('config wiki', {}, owner))).toContain('`https://Rocks.example/api.php`');
  for (let n = 2; n < 10; n++) expect(await add(`More${n}`)).toMatchObject({ ok: true });
  expect(await add('Eleventh')).toMatchObject({ ok: false });
});
