import { expect, test, vi } from 'vitest';
import { entriesIn, entryWith, PATIENCE, startLogging } from './logged.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

test('an edit is told with the difference, word by word, and not again when Discord only looks at its links', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const message = await discord.message({ as: 'member', channel: 'general', content: 'penguins can *fly* far away' });
  await discord.edit(message, 'penguins can *swim* far away');
  expect(await entryWith(bot, 'Message edited')).toBe(
    `**Message edited** · <@${discord.people.member}> (\`chinstrap\`) in <#${discord.channels.general}>\n` +
      '> penguins can \\*~~fly~~**swim**\\* far away',
  );
  const seen = discord.state.messages.get(message.id);
  discord.raw('MESSAGE_UPDATE', { ...seen, guild_id: discord.guildId, embeds: [{ title: 'a link' }] });
  await discord.edit(message, 'penguins can *dive* far away');
  expect(await entryWith(bot, 'dive')).toContain('~~swim~~**dive**');
  expect(entriesIn(bot)).toHaveLength(2);
});

test('a deleted message is told with what it said and had, and who deleted it', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const says = { as: 'member', channel: 'general' } as const;
  const files = [{ name: 'fish.txt', bytes: new TextEncoder().encode('a fish'), contentType: 'text/plain' }];
  const own = await discord.message({ ...says, content: 'oops @everyone', files });
  await discord.delete(own, { as: 'member' });
  const entry = await entryWith(bot, 'oops');
  expect(entry).toContain(`<@${discord.people.member}> (\`chinstrap\`) in <#${discord.channels.general}>, written <t:`);
  expect(entry).toContain('by themselves or unknown\n> Files: fish.txt\n> Before: oops @everyone');
  const bad = await discord.message({ ...says, content: 'something bad' });
  const path = `/channels/${discord.channels.general}/messages/${bad.id}`;
  await discord.rest('DELETE', path, { as: 'moderator', reason: 'rule 3' });
  expect(await entryWith(bot, 'something bad')).toContain(`by <@${discord.people.moderator}> · reason: rule 3`);
});

test('many messages that are deleted together go along as a file, in their order', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const { id } = await discord.message({ as: 'member', channel: 'general', content: `squawk ${at}` });
    ids.push(id);
  }
  const path = `/channels/${discord.channels.general}/messages/bulk-delete`;
  await discord.rest('POST', path, { as: 'moderator', body: { messages: ids } });
  expect(await entryWith(bot, 'Messages deleted')).toBe(
    `**Messages deleted** · 5 messages in <#${discord.channels.general}>, of which I know 5 · by <@${discord.people.moderator}>`,
  );
  const [log] = discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 1 });
  const file = await fetch(log?.attachments[0]?.url ?? '');
  const who = `chinstrap (${discord.people.member})`;
  expect(await file.text()).toBe(ids.map((id, at) => `[${id}] ${who}: squawk ${at}\n`).join(''));
});

test('files of deleted messages are sent once more where the server wants that, as far as there is room for them', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const text = (name: string, content: string) => {
    return { name, bytes: new TextEncoder().encode(content), contentType: 'text/plain' };
  };
  const says = { as: 'member', channel: 'general' } as const;
  const before = await discord.message({ ...says, content: 'not yet', files: [text('a.txt', 'nobody keeps this')] });
  await discord.delete(before, { as: 'member' });
  expect(await entryWith(bot, 'not yet')).toContain('Files: a.txt');
  const inLog = () => discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 20 });
  expect(inLog().flatMap(({ attachments }) => attachments)).toEqual([]);
  await bot.set('events', { keepFiles: true });
  const large = { ...text('large.bin', 'x'.repeat(8_000_001)), contentType: 'application/octet-stream' };
  const files = [text('fìsh & chips.txt', 'a fish'), large, text('b.txt', 'another')];
  const gone = await discord.message({ ...says, content: 'with files', files });
  await discord.delete(gone, { as: 'member' });
  const entry = await entryWith(bot, 'with files');
  expect(entry).toContain('Files that are gone or too much: large.bin');
  const sent = inLog().flatMap(({ attachments }) => attachments);
  expect(sent.map(({ filename }) => filename)).toEqual(['1-f_sh_chips.txt', '2-b.txt']);
  const bodies = await Promise.all(sent.map(async ({ url }) => await (await fetch(url)).text()));
  expect(bodies).toEqual(['a fish', 'another']);
  const both = [];
  for (const name of ['c.txt', 'd.txt'])
    both.push(await discord.message({ ...says, content: name, files: [text(name, `in ${name}`)] }));
  await discord.rest('POST', `/channels/${discord.channels.general}/messages/bulk-delete`, {
    as: 'moderator',
    body: { messages: both.map(({ id }) => id) },
  });
  await entryWith(bot, 'Messages deleted');
  const names = inLog()[0]?.attachments.map(({ filename }) => filename);
  expect(names).toEqual(['1-deleted-messages.txt', '2-c.txt', '3-d.txt']);
});

test('what messages said is kept in the database for as long as the server wants, and then is cleaned up', async () => {
  let now = new Date();
  await using bot = await startLogging({ now: () => now });
  const { discord } = bot;
  await bot.set('events', { keptHours: 2 });
  const content = 'said before';
  await discord.message({ as: 'member', channel: 'general', content });
  const rows = () => bot.db`select until from kept_messages`;
  await expect.poll(async () => (await rows()).length, PATIENCE).toBe(1);
  expect((await rows())[0]?.until.getTime()).toBe(now.getTime() + 2 * 3_600_000);
  now = new Date(now.getTime() + 3 * 3_600_000);
  await bot.app.jobs.run('cleanup', discord.people.owner ?? '');
  await expect.poll(async () => (await rows()).length, PATIENCE).toBe(0);
});
