import type { REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { I18n } from '../../lib/i18n.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import type { Settings } from '../settings/settings.ts';

interface Telling {
  readonly discord: { readonly rest: Pick<REST, 'post'> };
  readonly settings: Pick<Settings, 'of'>;
  readonly i18n: I18n;
}

/** Tells a server's log channel something, in the server's language; false when it has none. Rejects as Discord does. */
export async function tellServerLog(telling: Telling, guild: string, answer: Answer): Promise<boolean> {
  const { logChannel } = await telling.settings.of(guild, 'logs');
  return await tellChannel(telling, { guild, channel: logChannel }, answer);
}

/** The same for the channel of those who own the server. */
export async function tellOwners(telling: Telling, guild: string, answer: Answer): Promise<boolean> {
  const { ownersChannel } = await telling.settings.of(guild, 'logs');
  return await tellChannel(telling, { guild, channel: ownersChannel }, answer);
}

interface Place {
  readonly guild: string;
  readonly channel: string | null | undefined;
}

async function tellChannel(
  { discord, settings, i18n }: Telling,
  { guild, channel }: Place,
  answer: Answer,
): Promise<boolean> {
  if (!channel) return false;
  const { language } = await settings.of(guild, 'general');
  const { body, files } = toPayload(answer, { i18n, locale: language });
  await discord.rest.post(Routes.channelMessages(channel), { body, files: [...files] });
  return true;
}
