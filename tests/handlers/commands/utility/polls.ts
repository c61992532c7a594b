import type { APIMessage } from 'discord-api-types/v10';
import type { Sandbox } from '../../../../sandbox/server/sandbox.ts';
import type { InteractOptions } from '../../../../sandbox/server/verbs/send-interaction.ts';
import { startBot, type TestBot } from '../../../bot.ts';

export const NOON = new Date('2027-07-06T12:00:00Z');

/** A bot whose clock the test moves. */
export async function startAtNoon(options: Parameters<typeof startBot>[0] = {}) {
  const clock = { now: NOON };
  const bot = await startBot({ now: () => clock.now, ...options });
  const moveTo = (iso: string) => {
    clock.now = new Date(iso);
    bot.app.timers.wake();
  };
  return { bot, moveTo, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

type Options = Readonly<Record<string, string | boolean>>;

const LUNCH = { question: 'Where do we eat?', answer1: 'Harbour', answer2: 'Market', answer3: '*Home*' } as const;

/** Starts a poll in a channel by the command and the press that posts it; its message. */
export async function startPoll({ discord }: Pick<TestBot, 'discord'>, options: Options = {}, o: InteractOptions = {}) {
  const asked = await discord.slash('poll create', { ...LUNCH, ...options }, o);
  const confirmed = await discord.click(asked.message ?? '', customId(asked.message, 'poll.confirm'), o);
  const [, id = ''] = /channels\/\d+\/\d+\/(\d+)/.exec(confirmed.content) ?? [];
  return { id, asked, confirmed, message: () => messageOf(discord, id) };
}

export function messageOf({ state }: Sandbox, id: string): APIMessage {
  const found = state.messages.get(id);
  if (!found) throw new Error(`there is no message ${id}`);
  return found;
}

/** All of a message, as JSON. */
export function textOf(message: APIMessage | undefined): string {
  return JSON.stringify(message?.components ?? []);
}

/** The id of the button that begins like this, of which there may be several. */
export function customId(message: APIMessage | undefined, start: string, at = 0): string {
  const found = [...textOf(message).matchAll(/"custom_id":"([^"]+)"/g)].flatMap(([, id = '']) => id);
  return found.filter((id) => id.startsWith(`${start}:`))[at] ?? '';
}

/** Presses the button of an answer, counted from 0. */
export function press(discord: Sandbox, poll: string, answer: number, as: string, o: InteractOptions = {}) {
  const message = messageOf(discord, poll);
  return discord.click(message, customId(message, 'poll.vote', answer), { as, ...o });
}

/** What the message says each answer has got. */
export function shownVotes(message: APIMessage): readonly number[] {
  return [...textOf(message).matchAll(/[█░]` (\d+) \(\d+ %\)/g)].map(([, votes]) => Number(votes));
}
