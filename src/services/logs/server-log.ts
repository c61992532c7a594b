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
export async function tellServerLog(
  { discord, settings, i18n }: Telling,
  guild: string,
  answer: Answer,
): Promise<boolean> {
  const { logChannel } = await settings.of(guild, 'logs');
  if (!logChannel) return false;
  const { language } = await settings.of(guild, 'general');
  const { body, files } = toPayload(answer, { i18n, locale: language });
  await discord.rest.post(Routes.channelMessages(logChannel), { body, files: [...files] });
  return true;
}
