import { Type } from '@sinclair/typebox';
import {
  type Attachment,
  DiscordAPIError,
  type Message,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer } from '../services/answers/answer.ts';
import { toPayload } from '../services/answers/payload.ts';
import { mention, t } from '../services/answers/words.ts';
import type { Inspecting } from '../services/inspector/inspector.ts';
import { type Done, shieldEntry } from '../services/shield/log-entry.ts';
import type { Match } from '../services/shield/shield.ts';
import { defineComponent } from './define.ts';

const Id = Type.String({ pattern: '^\\d{1,20}$' });

/** Takes the picture off the list, and puts it back where it was deleted. */
export const undoShield = defineComponent({
  kind: 'button',
  id: 'shield.undo',
  version: 1,
  state: Type.Object({ picture: Id, channel: Id, author: Id, deleted: Type.Boolean() }),
  needs: PermissionFlagsBits.ManageMessages,
  deadlineMs: 60_000,
  async run({ interaction, state, signal }, context) {
    const { shield, io, discord, i18n } = context;
    const known = await shield.unblock(interaction.guildId ?? '0', [state.picture]);
    if (known && state.deleted) {
      const { name, url } = fileIn(interaction.message.toJSON()) ?? {};
      const files = name && url ? [{ name, bytes: (await io.download(url, { signal })).bytes }] : [];
      const back: Answer = {
        tone: 'info',
        parts: [{ kind: 'text', text: t('shield.undo.back', { who: mention('user', state.author) }) }],
        files,
      };
      const payload = toPayload(back, { i18n, locale: interaction.guildLocale ?? 'en' });
      await discord.rest.post(Routes.channelMessages(state.channel), {
        body: payload.body,
        files: [...payload.files],
        signal,
      });
    }
    return {
      tone: 'info',
      parts: [
        {
          kind: 'text',
          text: t(known ? 'shield.undo.done' : 'shield.undo.gone', { who: mention('user', interaction.user.id) }),
        },
      ],
    };
  },
});

/** The first file that a message of components shows. */
function fileIn(value: unknown): { readonly name: string; readonly url: string } | undefined {
  if (Array.isArray(value)) return value.map(fileIn).find((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const { url, file } = value as { readonly url?: unknown; readonly file?: unknown };
  if (file && typeof url !== 'string') return fileIn(file);
  if (typeof url === 'string' && url.includes('/attachments/')) {
    return {
      url,
      name: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? 'picture').replace(/^SPOILER_/, ''),
    };
  }
  return Object.values(value)
    .map(fileIn)
    .find((one) => one !== undefined);
}

/** Looks a message's pictures up in the lists, and does what the server's setting says with the first that is met. */
export async function guardPictures(
  message: Message<true>,
  pictures: readonly Attachment[],
  inspecting: Inspecting,
  context: Context,
): Promise<void> {
  const { inspector, settings, shield } = context;
  const { shield: mode, sharedLists } = await settings.of(message.guildId, 'files');
  if (mode === 'off' || pictures.length === 0 || (await shield.empty())) return;
  for (const picture of pictures) {
    const { report } = await inspector.inspect(picture, inspecting);
    const match = await shield.match(message.guildId, report.hashes, inspecting.signal);
    if (match.own.length === 0 && !(sharedLists && match.others > 0)) continue;
    using fetched = await inspector.fetch(picture, inspecting); // before the message, and with it the file, is gone
    const { bytes } = fetched;
    const done = match.own.length === 0 ? 'other-servers' : mode === 'delete' ? await remove(message) : 'flagged';
    await tell(message, done, { name: picture.name, bytes }, match, context);
    return;
  }
}

async function remove(message: Message): Promise<Done> {
  try {
    await message.delete();
    return 'deleted';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.UnknownMessage) return 'deleted'; // somebody was faster
    return 'could-not-delete';
  }
}

async function tell(
  message: Message<true>,
  done: Done,
  picture: { readonly name: string; readonly bytes: Uint8Array },
  { own, others }: Match,
  { settings, i18n, discord, log }: Context,
): Promise<void> {
  const { guildId, channelId, author } = message;
  log.info({ guild: guildId, channel: channelId, author: author.id, done }, 'a picture like a blocked one was met');
  const { logChannel } = await settings.of(guildId, 'logs');
  if (!logChannel) return;
  const { language } = await settings.of(guildId, 'general');
  const state = { picture: own[0] ?? '0', channel: channelId, author: author.id, deleted: done === 'deleted' };
  const undo = own.length === 0 ? undefined : { label: t('shield.log.undo'), customId: undoShield.customId(state) };
  const entry = shieldEntry(message, done, { picture, others, undo });
  const payload = toPayload(entry, { i18n, locale: language });
  await discord.rest.post(Routes.channelMessages(logChannel), { body: payload.body, files: [...payload.files] });
}
