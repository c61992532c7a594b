import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  ContainerBuilder,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  ApplicationCommandOptionType as T,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { expect, test } from 'vitest';
import { connect } from './connect.ts';

function answer(client: Client, run: (interaction: Interaction) => Promise<unknown>): Error[] {
  const errors: Error[] = [];
  client.on('interactionCreate', (interaction) => {
    run(interaction).catch((error: Error) => errors.push(error));
  });
  return errors;
}

test('a slash command with every kind of option reaches discord.js and its reply comes back', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([
    {
      name: 'all',
      description: 'Every kind',
      options: [
        { type: T.String, name: 'text', description: 'text', required: true },
        { type: T.Integer, name: 'whole', description: 'whole' },
        { type: T.Number, name: 'number', description: 'number' },
        { type: T.Boolean, name: 'flag', description: 'flag' },
        { type: T.User, name: 'user', description: 'user' },
        { type: T.Channel, name: 'channel', description: 'channel' },
        { type: T.Role, name: 'role', description: 'role' },
        { type: T.Mentionable, name: 'mentionable', description: 'mentionable' },
        { type: T.Attachment, name: 'file', description: 'file' },
      ],
    },
  ]);
  answer(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const { options } = interaction;
    const file = options.getAttachment('file', true);
    const text = await (await fetch(file.url)).text();
    await interaction.reply(
      JSON.stringify([
        options.getString('text'),
        options.getInteger('whole'),
        options.getNumber('number'),
        options.getBoolean('flag'),
        options.getUser('user')?.username,
        options.getChannel('channel')?.name,
        options.getRole('role')?.name,
        options.getMentionable('mentionable')?.toString(),
        file.name,
        text,
      ]),
    );
  });
  const reply = await sandbox.slash('all', {
    text: 'hello',
    whole: 3,
    number: 1.5,
    flag: true,
    user: 'newcomer',
    channel: 'random',
    role: 'moderator',
    mentionable: 'owner',
    file: { name: 'a b.txt', bytes: new TextEncoder().encode('inside') },
  });
  expect(JSON.parse(reply.content)).toEqual([
    'hello',
    3,
    1.5,
    true,
    'fiordland',
    'random',
    'Moderator',
    `<@${sandbox.people.owner}>`,
    'a_b.txt',
    'inside',
  ]);
  expect(reply).toMatchObject({ kind: 'message', ephemeral: false });
  expect(reply.ackMs).toBeGreaterThan(0);
});

test('a deferral alone does not settle a command, unless the acknowledgement is asked for', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'slow', description: 'Slow' }]);
  const go = Promise.withResolvers<void>();
  answer(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await go.promise;
    await interaction.editReply('done');
    await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
  });
  const acknowledged = await sandbox.slash('slow', {}, { settle: 'ack' });
  expect(acknowledged).toMatchObject({ kind: 'deferred', ephemeral: true, content: '' });
  await expect(sandbox.slash('slow', {}, { deadlineMs: 50 })).rejects.toThrow('was deferred');
  go.resolve();
  const later = await acknowledged.until((reply) => reply.followUps.length === 1);
  expect(later.content).toBe('done');
  expect(later.followUps[0]?.content).toBe('and more');
});

test('buttons, selects and modals go on from a reply', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'form', description: 'Form' }]);
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('open').setLabel('Open').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('tick').setLabel('Tick').setStyle(ButtonStyle.Secondary),
  );
  const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('pick')
      .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' }),
  );
  const modal = new ModalBuilder()
    .setCustomId('ask')
    .setTitle('A question')
    .addComponents(
      new ActionRowBuilder<TextInputBuilder>().addComponents(
        new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(TextInputStyle.Short),
      ),
    );
  const errors = answer(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply({ content: 'form', components: [row, menu] });
    else if (interaction.isStringSelectMenu()) await interaction.reply(`picked ${interaction.values.join()}`);
    else if (interaction.isModalSubmit())
      await interaction.reply(`because ${interaction.fields.getTextInputValue('why')}`);
    else if (interaction.isButton() && interaction.customId === 'open') await interaction.showModal(modal);
    else if (interaction.isButton()) await interaction.update({ content: 'ticked' });
  });
  const form = await sandbox.slash('form');
  const message = form.message ?? expect.unreachable();
  expect((await sandbox.select(message, 'pick', ['2'])).content).toBe('picked 2');
  await expect(sandbox.select(message, 'pick', ['3'])).rejects.toThrow('does not offer');
  const ticked = await sandbox.click(message, 'tick');
  expect(ticked).toMatchObject({ kind: 'update', content: 'ticked' });
  expect(form.content).toBe('ticked');
  const opened = await sandbox.click(message, 'open', { as: 'owner' });
  expect(opened).toMatchObject({ kind: 'modal', content: 'A question\nWhy?' });
  const shown = opened.modal ?? expect.unreachable();
  expect((await sandbox.submitModal(shown, { why: 'so' })).content).toBe('because so');
  await expect(sandbox.submitModal(shown, {})).rejects.toThrow('needs "why"');
  expect(errors).toEqual([]);
});

test('menus, autocomplete and subcommands arrive as what they are', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([
    { type: 2, name: 'Who is this' },
    { type: 3, name: 'Quote' },
    {
      name: 'config',
      description: 'Settings',
      options: [
        {
          type: T.Subcommand,
          name: 'zone',
          description: 'Zone',
          options: [{ type: T.String, name: 'zone', description: 'Zone', autocomplete: true }],
        },
      ],
    },
  ]);
  answer(client, async (interaction) => {
    if (interaction.isUserContextMenuCommand())
      await interaction.reply(interaction.targetMember ? interaction.targetUser.username : 'gone');
    else if (interaction.isMessageContextMenuCommand())
      await interaction.reply(`> ${interaction.targetMessage.content}`);
    else if (interaction.isAutocomplete()) {
      const text = interaction.options.getFocused();
      await interaction.respond([{ name: `${interaction.options.getSubcommand()} ${text}`, value: text }]);
    } else if (interaction.isChatInputCommand())
      await interaction.reply(`${interaction.options.getSubcommand()} ${interaction.options.getString('zone')}`);
  });
  expect((await sandbox.userMenu('Who is this', 'owner')).content).toBe('adelie');
  const { id } = await sandbox.message({ content: 'said' });
  expect((await sandbox.messageMenu('Quote', id)).content).toBe('> said');
  expect(await sandbox.autocomplete('config zone', { zone: 'eu' }, 'zone')).toEqual([{ name: 'zone eu', value: 'eu' }]);
  expect((await sandbox.slash('config zone', { zone: 'utc' })).content).toBe('zone utc');
  await expect(sandbox.slash('config')).rejects.toThrow('needs a subcommand');
  await expect(sandbox.slash('gone')).rejects.toThrow('no command "gone"');
});

test('a second answer gets 40060, a late one 10062', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'twice', description: 'Twice' }]);
  const codes: unknown[] = [];
  answer(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const body = { type: 4, data: { content: 'once' } };
    const again = () =>
      fetch(`${sandbox.apiUrl}/v10/interactions/${interaction.id}/${interaction.token}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(async (response) => codes.push(response.status, response.status === 204 ? '' : await response.json()));
    await again();
    await again();
  });
  await sandbox.slash('twice');
  await sandbox.waitFor((entry) => entry.kind === 'request' && entry.status === 400);
  expect(codes.slice(0, 2)).toEqual([204, '']);
  await expect.poll(() => codes[3]).toEqual({ code: 40060, message: 'Interaction has already been acknowledged.' });
});

test('components v2 and embeds are read as text', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([
    { name: 'v2', description: 'V2' },
    { name: 'embed', description: 'Embed' },
  ]);
  const errors = answer(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === 'embed') {
      await interaction.reply({ embeds: [{ title: 'T', description: 'D', fields: [{ name: 'n', value: 'v' }] }] });
      return;
    }
    const container = new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent('## Two'));
    await interaction.reply({ flags: MessageFlags.IsComponentsV2, components: [container] });
  });
  expect((await sandbox.slash('v2')).content).toBe('## Two');
  expect((await sandbox.slash('embed')).content).toBe('T\nD\nn\nv');
  expect(errors).toEqual([]);
});

test('an answer after three seconds gets 10062, a command nobody answers is said to have none', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'late', description: 'Late' }]);
  const answered = new Promise<unknown>((resolve) => {
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) setTimeout(() => void interaction.reply('late').catch(resolve), 3_050);
    });
  });
  const asked = sandbox.slash('late', {}, { deadlineMs: 3_300 });
  const failed = expect(asked).rejects.toThrow('got no answer within 3300 ms');
  expect(await answered).toMatchObject({ code: 10062, status: 404 });
  await failed;
  await client.destroy();
  await sandbox.waitFor((entry) => entry.kind === 'session' && entry.what === 'closed');
  await expect(sandbox.slash('late')).rejects.toThrow('no bot is connected');
});

test('an interaction token is good for fifteen minutes', async () => {
  let ahead = 0;
  await using bot = await connect({ now: () => Date.now() + ahead });
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'long', description: 'Long' }]);
  const replied = Promise.withResolvers<ChatInputCommandInteraction>();
  answer(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('first');
    replied.resolve(interaction);
  });
  await sandbox.slash('long');
  const interaction = await replied.promise;
  ahead = 14 * 60_000;
  await interaction.editReply('still');
  ahead = 16 * 60_000;
  await expect(interaction.editReply('too late')).rejects.toMatchObject({ code: 50027, status: 401 });
});

test('before an answer there is nothing to edit', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'early', description: 'Early' }]);
  const errors = answer(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.webhook.editMessage('@original', 'what');
  });
  await expect(sandbox.slash('early', {}, { deadlineMs: 300 })).rejects.toThrow('no answer');
  expect(errors).toMatchObject([{ code: 10015 }]);
});
