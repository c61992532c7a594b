import { expect, test } from 'vitest';
import { PIXEL } from './furnish.ts';
import { refused, restBot } from './rest.ts';

interface Hook {
  readonly id: string;
  readonly token: string;
}

test('a webhook writes under a name of its own with nothing but its token', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.general}/webhooks` as const;
  const mark = sandbox.mark();
  const { id, token } = (await rest.post(at, { body: { name: 'News' }, reason: 'feed' })) as Hook;
  expect(bot.happened(mark)).toMatchObject([{ t: 'WEBHOOKS_UPDATE' }, { d: { action_type: 50, reason: 'feed' } }]);
  const url = `${sandbox.apiUrl}/v10/webhooks/${id}/${token}`;
  const post = (body: object, query = '?wait=true') =>
    fetch(`${url}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect(await (await post({ content: 'hello', username: 'Reporter' })).json()).toMatchObject({
    content: 'hello',
    webhook_id: id,
    author: { id, username: 'Reporter', bot: true },
  });
  expect((await post({ content: 'quiet' }, '')).status).toBe(204);
  expect(await (await fetch(`${url}x`)).json()).toMatchObject({ code: 50027 });
  await rest.delete(`/webhooks/${id}`);
  expect(await (await post({ content: 'x' })).json()).toMatchObject({ code: 10015 });
});

test('webhooks cannot pretend to be Discord, and a channel holds fifteen', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.random}/webhooks` as const;
  await expect(rest.post(at, { body: { name: 'Discord Staff' } })).rejects.toMatchObject({
    rawError: { errors: { name: { _errors: [{ code: 'USERNAME_INVALID_CONTAINS' }] } } },
  });
  for (let n = 0; n < 15; n++) await rest.post(at, { body: { name: `Hook ${n}` } });
  await expect(rest.post(at, { body: { name: 'One more' } })).rejects.toMatchObject(refused(30007));
  await expect(sandbox.rest('GET', at)).rejects.toMatchObject(refused(50013));
});

test('in a forum a webhook begins a post', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { ideas } = sandbox.channels;
  const hook = (await rest.post(`/channels/${ideas}/webhooks`, { body: { name: 'Ideas' } })) as Hook;
  const at = `/webhooks/${hook.id}/${hook.token}?wait=true` as const;
  await expect(rest.post(at, { body: { content: 'x' } })).rejects.toMatchObject(refused(220_001));
  const said = (await rest.post(at, { body: { content: 'x', thread_name: 'By the hook' } })) as { channel_id: string };
  expect(await rest.get(`/channels/${said.channel_id}`)).toMatchObject({ name: 'By the hook', parent_id: ideas });
});

test('an invite is given out again, shown to anyone and taken back', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.general}/invites` as const;
  const mark = sandbox.mark();
  const { code } = (await rest.post(at, { body: {} })) as { code: string };
  expect(await rest.post(at, { body: {} })).toMatchObject({ code });
  expect(await rest.post(at, { body: { unique: true } })).not.toMatchObject({ code });
  expect(await rest.get(`/invites/${code}?with_counts=true`)).toMatchObject({ approximate_member_count: 5 });
  await rest.delete(`/invites/${code}`);
  await expect(rest.get(`/invites/${code}`)).rejects.toMatchObject(refused(10006));
  const told = bot.happened(mark).map(({ t }) => t);
  expect(told.filter((t) => t.startsWith('INVITE_'))).toEqual(['INVITE_CREATE', 'INVITE_CREATE', 'INVITE_DELETE']);
  await expect(sandbox.rest('GET', at)).rejects.toMatchObject(refused(50013));
});

test("a server's emojis are told of, the bot's own are its own affair", async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const mark = sandbox.mark();
  const emojis = `/guilds/${sandbox.guildId}/emojis` as const;
  const { id } = (await rest.post(emojis, { body: { name: 'rock', image: PIXEL } })) as { id: string };
  expect(bot.happened(mark)).toMatchObject([{ t: 'GUILD_EMOJIS_UPDATE', d: { emojis: [{ id }] } }, {}]);
  await expect(rest.post(emojis, { body: { name: 'a b', image: PIXEL } })).rejects.toMatchObject(refused(50035));
  await expect(rest.post(emojis, { body: { name: 'ab', image: 'x' } })).rejects.toMatchObject(refused(50035));
  const own = `/applications/${sandbox.people.bot}/emojis` as const;
  const again = sandbox.mark();
  await rest.post(own, { body: { name: 'mine', image: PIXEL } });
  expect(bot.happened(again)).toEqual([]);
  expect(await rest.get(own)).toMatchObject({ items: [{ name: 'mine' }] });
  await expect(rest.get('/applications/100000000000000009/emojis')).rejects.toMatchObject(refused(50001));
});
