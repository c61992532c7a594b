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
import { uploadLimitOf } from '../services/answers/upload-limit.ts';
import { mention, t } from '../services/answers/words.ts';
import type { Inspecting } from '../services/inspector/inspector.ts';
import { tellServerLog } from '../services/logs/server-log.ts';
import { type Done, shieldEntry } from '../services/shield/log-entry.ts';
import { uncomparedEntry } from '../services/shield/uncompared-entry.ts';
import { DownloadError } from '../workers/download.ts';
import { defineComponent } from './define.ts';
import { forShield, type Looked, lookUp, type Met, onceFor, whyOf } from './shield-look.ts';
import { unlessRefused } from './unless-refused.ts';

/** More would not fit into a button. */
const MOST_HASHES = 2;
const Id = Type.String({ pattern: '^\\d{1,20}$' });

/** Takes off the list whatever the picture looks like, and puts it back where it was deleted. */
export const undoShield = defineComponent({
  kind: 'button',
  id: 'shield.undo',
  version: 1,
  state: Type.Object({
    /** Those of the picture that look like blocked ones, one after another. */
    hashes: Type.String({ pattern: `^(?:[0-9a-f]{16}){1,${MOST_HASHES}}$` }),
    channel: Id,
    author: Id,
    deleted: Type.Boolean(),
  }),
  needs: PermissionFlagsBits.ManageMessages,
  deadlineMs: 60_000,
  async run({ interaction, state, signal }, context) {
    const { shield } = context;
    const guild = interaction.guildId ?? '0';
    const { own } = await shield.match(guild, state.hashes.match(/.{16}/g) ?? [], signal);
    const known = await shield.unblock(guild, own);
    const back = known && state.deleted ? await putBack(interaction.message, state, signal, context) : true;
    const said = known ? t('shield.undo.done', { who: mention('user', interaction.user.id) }) : t('shield.undo.gone');
    const where = mention('channel', state.channel);
    return {
      tone: back ? 'info' : 'warning',
      parts: [{ kind: 'lines', lines: [said, ...(back ? [] : [t('shield.undo.notBack', { where })])] }],
    };
  },
});

/** False when the picture cannot be had any more, or not be posted where it was. */
async function putBack(
  entry: Message,
  { channel, author }: { readonly channel: string; readonly author: string },
  signal: AbortSignal,
  { discord, i18n, io, log, settings }: Context,
): Promise<boolean> {
  const file = fileIn(entry.toJSON());
  if (!file) return false;
  try {
    const back: Answer = {
      tone: 'info',
      parts: [{ kind: 'text', text: t('shield.undo.back', { who: mention('user', author) }) }],
      files: [{ name: file.name, bytes: (await io.download(file.url, { signal })).bytes }],
    };
    const locale = entry.guildId === null ? 'en' : (await settings.of(entry.guildId, 'general')).language;
    const payload = toPayload(back, { i18n, locale });
    await discord.rest.post(Routes.channelMessages(channel), {
      body: payload.body,
      files: [...payload.files],
      signal,
    });
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError || error instanceof DownloadError)) throw error;
    log.info({ error, channel }, 'a picture could not be put back');
    return false;
  }
}

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

/**
 * Looks a message's pictures up in the lists, and does what the server's setting says with the first that this server
 * has blocked; only when there is none, others' lists count. One that cannot be read hides none of the others.
 */
export async function guardPictures(
  message: Message<true>,
  pictures: readonly Attachment[],
  inspecting: Inspecting,
  context: Context,
): Promise<void> {
  const { settings, shield } = context;
  const { shield: mode, sharedLists } = await settings.of(message.guildId, 'files');
  if (mode === 'off' || pictures.length === 0 || (await shield.empty())) return;
  const comparing = { ...inspecting, download: forShield(inspecting.download) };
  let elsewhere: Met | undefined;
  const looked: Looked[] = [];
  for (const picture of pictures) {
    const met = await lookUp(message.guildId, picture, comparing, context);
    looked.push(met);
    if (met.kind === 'unopened') continue;
    if (met.match.own.length > 0) return act(message, met, mode, comparing, context);
    if (met.match.others > 0 && sharedLists) elsewhere ??= met;
  }
  if (elsewhere) await act(message, elsewhere, mode, comparing, context);
  else if (await shield.blocksIn(message.guildId)) await tellUncompared(message, looked, context);
}

async function act(
  message: Message<true>,
  met: Met,
  mode: 'flag' | 'delete',
  inspecting: Inspecting,
  context: Context,
): Promise<void> {
  // Before the message, and with it the file, is gone; one that cannot be had any more is no reason to let it stand.
  using fetched = await unlessRefused(context.inspector.fetch(met.picture, inspecting), inspecting.signal, context);
  const bytes = fetched && fetched.bytes.length <= uploadLimitOf(message.guild) ? fetched.bytes : undefined;
  const done = met.match.own.length === 0 ? 'other-servers' : mode === 'delete' ? await remove(message) : 'flagged';
  await tell(message, done, met, bytes, context);
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
  { picture: { name }, match: { own, by, others } }: Met,
  bytes: Uint8Array | undefined,
  context: Context,
): Promise<void> {
  const { settings, i18n, log, now, tally } = context;
  const { guildId, channelId, author } = message;
  log.info({ guild: guildId, channel: channelId, author: author.id, done }, 'a picture like a blocked one was met');
  tally.count(guildId, done === 'deleted' ? 'pictures-deleted' : 'pictures-reported', now());
  const { language } = await settings.of(guildId, 'general');
  const state = {
    hashes: by.slice(0, MOST_HASHES).join(''),
    channel: channelId,
    author: author.id,
    deleted: done === 'deleted',
  };
  const undo = own.length === 0 ? undefined : { label: t('shield.log.undo'), customId: undoShield.customId(state) };
  const description = i18n.t('shield.log.alt', { name, author: author.username }, language);
  await tellServerLog(context, guildId, shieldEntry(message, done, { name, bytes, others, undo, description }));
}

/** Nobody can fill a server's log: of what was looked into it is told once for each content, of what was not as `onceFor` says. */
async function tellUncompared(message: Message<true>, looked: readonly Looked[], context: Context): Promise<void> {
  const { shield, log, now } = context;
  const { guildId, channelId, author } = message;
  const pictures = looked.flatMap((one) => {
    const why = whyOf(one);
    return why && shield.uncompared.add(`${guildId} ${onceFor(one, now())}`) ? [{ name: one.picture.name, why }] : [];
  });
  if (pictures.length === 0) return;
  log.info(
    { guild: guildId, channel: channelId, author: author.id },
    'a picture could not be compared with those blocked',
  );
  await tellServerLog(context, guildId, uncomparedEntry(message, pictures));
}
