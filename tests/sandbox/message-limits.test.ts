import { expect, test } from 'vitest';
import { refused, restBot } from './rest.ts';

const row = (...components: object[]) => ({ type: 1, components });
const button = (fields: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields });
const select = (fields: object = {}) => ({
  type: 3,
  custom_id: 'pick',
  options: [{ label: 'A', value: 'a' }],
  ...fields,
});
const text = (content: string) => ({ type: 10, content });
const V2 = 1 << 15;

test.each<[what: string, body: object, code: string]>([
  ['long text', { content: 'x'.repeat(2_001) }, 'BASE_TYPE_MAX_LENGTH'],
  ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'BASE_TYPE_BAD_LENGTH'],
  ['a long embed title', { embeds: [{ title: 'x'.repeat(257) }] }, 'BASE_TYPE_MAX_LENGTH'],
  [
    'embeds over 6,000 characters',
    { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    'MAX_EMBED_SIZE_EXCEEDED',
  ],
  ['an embed link that is none', { embeds: [{ title: 'x', url: 'nowhere' }] }, 'URL_TYPE_INVALID_URL'],
  [
    'six buttons in a row',
    { components: [row(...Array.from({ length: 6 }, (_, at) => button({ custom_id: `${at}` })))] },
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['a custom id twice', { components: [row(button(), button())] }, 'COMPONENT_CUSTOM_ID_DUPLICATED'],
  ['a long custom id', { components: [row(button({ custom_id: 'x'.repeat(101) }))] }, 'BASE_TYPE_BAD_LENGTH'],
  [
    'a button without label',
    { components: [row(button({ label: undefined }))] },
    'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
  ],
  ['a select beside a button', { components: [row(button(), select())] }, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
  [
    'an option value twice',
    {
      components: [
        row(
          select({
            options: [
              { label: 'A', value: 'a' },
              { label: 'B', value: 'a' },
            ],
          }),
        ),
      ],
    },
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  ['v2 kinds without the flag', { components: [text('x')] }, 'UNION_TYPE_CHOICES'],
  [
    'content with the v2 flag',
    { flags: V2, content: 'x', components: [text('x')] },
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  ['41 components', { flags: V2, components: Array.from({ length: 41 }, () => text('x')) }, 'BASE_TYPE_BAD_LENGTH'],
  [
    '41 components in depth',
    { flags: V2, components: Array.from({ length: 21 }, () => ({ type: 17, components: [text('x')] })) },
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4,001 characters',
    { flags: V2, components: [text('x'.repeat(2_000)), text('x'.repeat(2_001))] },
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'mentions both ways',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['100000000000000000'] } },
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
])('a message with %s is refused', async (_, body, code) => {
  await using bot = await restBot();
  const error = await bot.rest
    .post(`/channels/${bot.sandbox.channels.general}/messages`, { body })
    .catch((one: unknown) => one);
  expect(error).toMatchObject({ code: 50035, status: 400 });
  expect(JSON.stringify(error && typeof error === 'object' && 'rawError' in error ? error.rawError : '')).toContain(
    code,
  );
});

test('an empty message is refused, one with only a file is not', async () => {
  await using bot = await restBot();
  const path = `/channels/${bot.sandbox.channels.general}/messages` as const;
  await expect(bot.rest.post(path, { body: { content: ' ' } })).rejects.toMatchObject(refused(50006));
  const files = [{ name: 'a b.txt', data: Buffer.from('x') }];
  expect(await bot.rest.post(path, { files })).toMatchObject({ attachments: [{ filename: 'a_b.txt', size: 1 }] });
  const large = [{ name: 'large.bin', data: Buffer.alloc(10 * 1024 * 1024 + 1) }];
  await expect(bot.rest.post(path, { files: large })).rejects.toMatchObject(refused(40005, 413));
});

test('a message with an enforced nonce is made once', async () => {
  await using bot = await restBot();
  const path = `/channels/${bot.sandbox.channels.general}/messages` as const;
  const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
  const first = await bot.rest.post(path, { body });
  expect(await bot.rest.post(path, { body })).toEqual(first);
  const listed = await bot.rest.get(path);
  expect(listed).toHaveLength(1);
  expect(listed).toMatchObject([{ content: 'once' }]);
  expect(listed).not.toMatchObject([{ nonce: 'n1' }]);
});

test('a nonce is forgotten after a few minutes', async () => {
  let now = Date.now();
  await using bot = await restBot({ now: () => now });
  const path = `/channels/${bot.sandbox.channels.general}/messages` as const;
  const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
  const first = await bot.rest.post(path, { body });
  now += 179_000;
  expect(await bot.rest.post(path, { body })).toEqual(first);
  now += 2_000;
  expect(await bot.rest.post(path, { body })).not.toEqual(first);
});

test('pings are those that the text names and the sender may', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, roles } = sandbox;
  const content = `<@${people.member}> <@${people.owner}> <@&${roles.moderator}> <@&${roles.member}> @everyone`;
  const everyone = await sandbox.message({ as: 'member', content });
  expect(everyone).toMatchObject({ mention_everyone: false, mention_roles: [roles.member] });
  const path = `/channels/${sandbox.channels.general}/messages` as const;
  expect(await rest.post(path, { body: { content } })).toMatchObject({
    mention_everyone: true,
    mention_roles: [roles.moderator, roles.member],
  });
  const quiet = await rest.post(path, { body: { content, allowed_mentions: { parse: [], users: [people.owner] } } });
  expect(quiet).toMatchObject({ mention_everyone: false, mention_roles: [], mentions: [{ id: people.owner }] });
});

test.each([
  [{}, [], []],
  [{ replied_user: true }, [], []],
  [{ parse: null }, [], []],
  [{ users: ['owner'] }, ['owner'], []],
  [{ roles: ['member'] }, [], ['member']],
  [{ parse: ['users'], users: [] }, ['member', 'owner'], []],
  [{ parse: ['roles'], users: ['owner'] }, ['owner'], ['moderator', 'member']],
])('of what a text names, %j allows only what it lists', async (allowed, users, roles) => {
  await using bot = await restBot();
  const { people, roles: named, channels } = bot.sandbox;
  const ids = (of: Readonly<Record<string, string>>, names: readonly string[]) => names.map((name) => of[name] ?? '');
  const body = {
    content: `<@${people.member}> <@${people.owner}> <@&${named.moderator}> <@&${named.member}> @everyone`,
    allowed_mentions: {
      ...allowed,
      ...('users' in allowed && { users: ids(people, allowed.users) }),
      ...('roles' in allowed && { roles: ids(named, allowed.roles) }),
    },
  };
  expect(await bot.rest.post(`/channels/${channels.general}/messages`, { body })).toMatchObject({
    mention_everyone: false,
    mention_roles: ids(named, roles),
    mentions: ids(people, users).map((id) => ({ id })),
  });
});
