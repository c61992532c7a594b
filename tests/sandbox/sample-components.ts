import { ActionRowBuilder, ButtonBuilder, ButtonStyle, StringSelectMenuBuilder } from 'discord.js';

/** Rows of buttons and of each kind of select, as bots send them. */
export function rows() {
  return [
    new ActionRowBuilder<ButtonBuilder>()
      .addComponents(
        new ButtonBuilder().setCustomId('press').setLabel('Press').setStyle(ButtonStyle.Primary).setEmoji('👍'),
        new ButtonBuilder().setURL('https://example.com/').setLabel('Link').setStyle(ButtonStyle.Link),
      )
      .toJSON(),
    new ActionRowBuilder<StringSelectMenuBuilder>()
      .addComponents(new StringSelectMenuBuilder().setCustomId('pick').addOptions({ label: 'One', value: '1' }))
      .toJSON(),
    { type: 1, components: [{ type: 5, custom_id: 'user' }] },
    { type: 1, components: [{ type: 8, custom_id: 'channel', channel_types: [0] }] },
  ];
}

/** One of everything that a message of the newer kind can be made of; needs a file named b.txt. */
export function everyComponent(): object[] {
  const text = { type: 10, content: 'text' };
  return [
    text,
    { type: 9, components: [text], accessory: { type: 11, media: { url: 'https://example.com/a.png' } } },
    { type: 9, components: [text], accessory: { type: 2, style: 1, label: 'Go', custom_id: 'go' } },
    { type: 12, items: [{ media: { url: 'https://example.com/b.png' }, description: 'B' }] },
    { type: 13, file: { url: 'attachment://b.txt' } },
    { type: 14, spacing: 2 },
    {
      type: 17,
      accent_color: 5,
      components: [
        text,
        ...rows()
          .slice(0, 1)
          .map((row) => ({ ...row, components: [{ type: 2, style: 2, label: 'In', custom_id: 'in' }] })),
      ],
    },
  ];
}
