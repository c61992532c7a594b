import { Events } from 'discord.js';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { defineEvent, definePacket } from '../../../src/handlers/define.ts';
import { EVENTS } from '../../../src/handlers/events.ts';
import { startBot } from '../../bot.ts';

test('discord.js makes objects of those messages alone that a handler is concerned with, and knows which was the last', async () => {
  const seen: string[] = [];
  const heard: string[] = [];
  const see = defineEvent({
    on: Events.MessageCreate,
    concerns: (_, { content }) => content.startsWith('look'),
    run: (_, { content }) => void seen.push(content),
  });
  const hear = definePacket({
    packet: GatewayDispatchEvents.MessageCreate,
    run: (_, { content }) => void heard.push(content),
  });
  await using bot = await startBot({ events: { see, hear } });
  const { app, discord } = bot;
  await discord.message({ as: 'newcomer', content: 'pass by' });
  await discord.message({ as: 'member', content: 'look here' });
  const last = await discord.message({ as: 'newcomer', content: 'pass by, too' });
  await expect.poll(() => heard).toEqual(['pass by', 'look here', 'pass by, too']);
  expect(seen).toEqual(['look here']);
  const channel = app.discord.channels.cache.get(discord.channels.general ?? '');
  expect(channel?.isTextBased() && channel.lastMessageId).toBe(last.id);
  expect(channel?.isTextBased() && channel.messages.cache.size).toBe(1);
});

test('a handler that does not say what concerns it sees every message', async () => {
  const seen: string[] = [];
  const all = defineEvent({ on: Events.MessageCreate, run: (_, { content }) => void seen.push(content) });
  await using bot = await startBot({ events: { ...EVENTS, all } });
  await bot.discord.message({ as: 'member', content: 'plain' });
  await expect.poll(() => seen).toEqual(['plain']);
});
