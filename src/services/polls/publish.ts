import type { REST } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { I18n } from '../../lib/i18n.ts';
import { toPayload } from '../answers/payload.ts';
import type { Settings } from '../settings/settings.ts';
import type { Timers } from '../timers/timers.ts';
import { pollCard } from './card.ts';
import { MOST_IN_SERVER, type Poll, type Polls, type PollValues } from './polls.ts';

interface Publishing {
  readonly discord: { readonly rest: Pick<REST, 'post'> };
  readonly i18n: I18n;
  readonly polls: Polls;
  readonly settings: Pick<Settings, 'of'>;
  readonly timers: Timers;
}

/**
 * Keeps a poll, sees to its end, and posts it. Where it cannot be posted nothing of it is left. UserError when there are
 * too many; rejects as Discord does.
 */
export async function publishPoll(values: PollValues, zone: string, publishing: Publishing): Promise<Poll> {
  const { discord, i18n, polls, settings, timers } = publishing;
  const { guild, channel, author: owner, endsAt } = values;
  await using undo = new AsyncDisposableStack();
  const poll = await polls.create(values);
  undo.defer(() => polls.remove(poll.id).then(() => undefined));
  const wanted = { kind: 'poll-end', owner, guild, channel, payload: { poll: poll.id }, due: endsAt, zone };
  // How many there may be is said where polls are counted; those that were ended early have a timer for a moment yet.
  const timer = await timers.add({ ...wanted, limit: 2 * MOST_IN_SERVER });
  undo.defer(() => timers.remove({ id: timer.id, kind: timer.kind }).then(() => undefined));
  const { language } = await settings.of(guild, 'general');
  const { body } = toPayload(pollCard(poll), { i18n, locale: language });
  const posted = (await discord.rest.post(Routes.channelMessages(channel), { body })) as APIMessage; // Discord's answer
  await polls.place(poll.id, { message: posted.id, timer: timer.id });
  undo.move();
  return { ...poll, message: posted.id, timer: timer.id };
}
