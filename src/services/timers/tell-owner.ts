import type { REST } from 'discord.js';
import { type APIChannel, Routes } from 'discord-api-types/v10';
import type { I18n } from '../../lib/i18n.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';

interface Telling {
  readonly discord: { readonly rest: Pick<REST, 'post'> };
  readonly i18n: I18n;
}

/** Tells a person something by direct message. Rejects as Discord does, as when they take none. */
export async function tellOwner({ discord: { rest }, i18n }: Telling, owner: string, answer: Answer): Promise<void> {
  const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: owner } });
  const { id } = opened as APIChannel; // what Discord answers to this request
  const { body, files } = toPayload(answer, { i18n, locale: 'en' });
  await rest.post(Routes.channelMessages(id), { body, files: [...files] });
}
