import { Type } from '@sinclair/typebox';
import { DiscordAPIError, type Message, RESTJSONErrorCodes, Routes, type User } from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer } from '../services/answers/answer.ts';
import { toPayload } from '../services/answers/payload.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, t } from '../services/answers/words.ts';
import type { Report } from '../workers/inspect/report.ts';
import { defineComponent } from './define.ts';

/** Deletes the message that holds the secret. Stands in a direct message, so only its author sees it. */
export const deleteLeak = defineComponent({
  kind: 'button',
  id: 'secret.delete',
  version: 1,
  state: Type.Object({ channel: Type.String({ pattern: '^\\d+$' }), message: Type.String({ pattern: '^\\d+$' }) }),
  where: 'anywhere',
  async run({ interaction, reader, state: { channel, message } }, { discord, i18n }) {
    try {
      const found = await discord.rest.get(Routes.channelMessage(channel, message));
      if (authorOf(found) !== interaction.user.id) throw new UserError('errors.notYours');
      await discord.rest.delete(Routes.channelMessage(channel, message), {
        reason: i18n.t('inspect.leak.audit', {}, reader.locale),
      });
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      if (error.code !== RESTJSONErrorCodes.UnknownMessage && error.code !== RESTJSONErrorCodes.UnknownChannel) {
        throw new UserError('inspect.leak.cannotDelete', {}, { cause: error });
      }
    }
    return { tone: 'good', parts: [{ kind: 'text', text: t('inspect.leak.deleted') }] };
  },
});

function authorOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('author' in message)) return undefined;
  const { author } = message;
  return typeof author === 'object' && author !== null && 'id' in author ? String(author.id) : undefined;
}

/**
 * Tells a message's author, and nobody else, that a file of theirs holds secrets: once, however many look into it.
 * Closed direct messages are no failure.
 */
export async function warnOfSecrets(
  message: Pick<Message, 'id' | 'channelId' | 'guildId' | 'url'> & { readonly author: User },
  { file, secrets }: { readonly file: string; readonly secrets: Report['secrets'] },
  { i18n, inspector, log, now, settings, tally }: Context,
): Promise<void> {
  if (!inspector.warned.add(`${message.id} ${file}`)) return;
  const answer: Answer = {
    tone: 'bad',
    title: t('inspect.leak.title'),
    parts: [
      {
        kind: 'text',
        text: t('inspect.leak.text', {
          file,
          what: list([...new Set(secrets)].map((kind) => t(`inspect.secrets.${kind}`))),
        }),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: t('inspect.leak.delete'),
            style: 'danger',
            customId: deleteLeak.customId({ channel: message.channelId, message: message.id }),
          },
          { label: t('inspect.leak.look'), url: message.url },
        ],
      },
    ],
    next: t('inspect.leak.next'),
  };
  try {
    const locale = message.guildId === null ? 'en' : (await settings.of(message.guildId, 'general')).language;
    const { body } = toPayload(answer, { i18n, locale });
    const { id } = await message.author.createDM();
    await message.author.client.rest.post(Routes.channelMessages(id), { body });
    if (message.guildId !== null) tally.count(message.guildId, 'secrets-warned', now());
  } catch (error) {
    log.info({ error, message: message.id }, 'the author of a leaked secret could not be told');
  }
}
