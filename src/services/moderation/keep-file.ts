import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import type { FileEvidence } from '../../db/cases.ts';
import { maskSecrets } from '../../workers/inspect/secrets.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { uploadLimitOf } from '../answers/upload-limit.ts';
import { UserError } from '../answers/user-error.ts';
import { asData, type Said, size, t } from '../answers/words.ts';
import { limitsOf } from '../inspector/limits.ts';
import { shownName } from '../inspector/shown-name.ts';
import { channelRefusal } from '../timers/channel-refusal.ts';
import { UnsureSentError } from '../timers/find-sent.ts';
import type { Outgoing } from '../timers/send-once.ts';
import type { Case } from './moderation.ts';

/** What will not be there however often it is asked for. */
const FOR_GOOD: ReadonlySet<string> = new Set(['inspect.refused.gone', 'inspect.refused.hostNotAllowed']);
/** Some half hour: after that the file is not waited for any longer. */
const MOST_TRIES = 12;
const LONGEST_NAME = 100;

/** A file that is to be kept, and where. */
interface Keeping {
  readonly one: Case;
  readonly file: FileEvidence;
  /** Which of the case's pieces of evidence it is, from 0. */
  readonly at: number;
  readonly channel: string;
  readonly attempt: number;
  readonly send: (channel: string, message: Outgoing) => Promise<{ readonly id: string }>;
}

/**
 * Puts a file into a message of the log, as it is and without a look into it, and says where it is kept or why it is not. Rejects
 * with what may pass.
 */
export async function keepFile(keeping: Keeping, context: Context, signal: AbortSignal): Promise<FileEvidence> {
  const { one, file, channel, attempt } = keeping;
  const maxBytes = await mostBytes(one.guild, context);
  const tooLarge = t('moderation.stored.tooLarge', { size: size(file.size ?? 0), limit: size(maxBytes) });
  if ((file.size ?? 0) > maxBytes) return { ...file, lost: asData(tooLarge) };
  try {
    const { id: message } = await store(keeping, maxBytes, context, signal);
    return { ...file, kept: { channel, message } };
  } catch (error) {
    const lost = isTooLarge(error) ? tooLarge : whyLost(error, attempt);
    if (!lost) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'a file that is evidence could not be kept');
    return { ...file, lost: asData(lost) };
  }
}

/** As much as Discord takes from the bot there, and the server lets it fetch. */
async function mostBytes(guild: string, { discord, settings, config }: Context): Promise<number> {
  const { download } = limitsOf(await settings.of(guild, 'files'), config);
  return Math.min(download.maxBytes, uploadLimitOf(discord.guilds.cache.get(guild) ?? null));
}

async function store(
  { one, file, at, channel, send }: Keeping,
  maxBytes: number,
  context: Context,
  signal: AbortSignal,
): Promise<{ readonly id: string }> {
  const { settings, config, inspector, i18n } = context;
  const { download } = limitsOf(await settings.of(one.guild, 'files'), config);
  const fetching = { download: { ...download, maxBytes }, signal, unasked: true };
  using fetched = await inspector.fetch({ size: file.size ?? 0, url: file.url }, fetching);
  const { language: locale } = await settings.of(one.guild, 'general');
  const { body, files } = toPayload(cardOf(one, file, at, fetched.bytes), { i18n, locale });
  return await send(channel, { body, files });
}

function cardOf({ number, evidence }: Case, { name }: FileEvidence, at: number, bytes: Uint8Array): Answer {
  const place = { place: at + 1, all: evidence.length };
  const about = t('moderation.stored.about', { name: shownName(name), size: size(bytes.byteLength) });
  return {
    tone: 'info',
    title: t('moderation.stored.title', { number, ...place }),
    parts: [{ kind: 'small', text: about }],
    files: [{ name: plainName(name), bytes }],
  };
}

/** Such as Discord leaves as it is, so that the message can refer to it. */
function plainName(name: string): string {
  const plain = maskSecrets(name.slice(0, 1_000)).text.replaceAll(/[^\w.-]+/g, '_');
  return plain.slice(-LONGEST_NAME).replace(/^\.+/, '') || 'file';
}

function isTooLarge(error: unknown): boolean {
  if (error instanceof UserError) return error.said.key === 'inspect.refused.tooLarge';
  return error instanceof DiscordAPIError && (error.status === 413 || error.code === Code.RequestEntityTooLarge);
}

function whyLost(error: unknown, attempt: number): Said | undefined {
  if (channelRefusal(error) !== undefined || error instanceof UnsureSentError) return t('moderation.stored.noChannel');
  if (!(error instanceof UserError)) return undefined;
  return FOR_GOOD.has(error.said.key) || attempt >= MOST_TRIES ? error.said : undefined;
}
