import { type Attachment, Events, type Message } from 'discord.js';
import type { Context } from '../../context.ts';
import { limitsOf } from '../../services/inspector/limits.ts';
import { attachmentsOf } from '../../services/inspector/message-files.ts';
import { defineEvent } from '../define.ts';
import { warnOfSecrets } from '../secret-warning.ts';
import { guardPictures } from '../shield-guard.ts';
import { unlessRefused } from '../unless-refused.ts';

/** Less than an event handler has: what comes too late is counted, not failed. */
const LONGEST_MS = 25_000;
/** By what their senders say they are, or by name: Discord shows either as a picture. Drawings in XML have no hash. */
const PICTURE_TYPES = /^image\/(?!svg)/;
const PICTURE_NAMES = /\.(?:a?png|jpe?g|jpe|jfif|gif|webp)$/i;
const TEXTS = /^(?:text\/|application\/(?:json|x-yaml|yaml|toml|x-sh|xml))/;
const ARCHIVES = /\.(?:zip|tar|tgz|gz|tbz2?|bz2|txz|xz)$/i;
/** What is larger is looked through when somebody asks for it. Bytes. */
const LARGEST_WATCHED = 2_000_000;

/** Looks at what people upload: pictures that were blocked, and, if the server wants it, secrets in texts and archives. */
export default defineEvent({
  on: Events.MessageCreate,
  concerns: (_, { attachments, author, message_snapshots: forwards }) =>
    !author.bot && (attachments.length > 0 || forwards !== undefined),
  run(context, message) {
    if (!message.inGuild() || message.author.bot) return undefined;
    const attachments = attachmentsOf(message);
    return attachments.length > 0 ? guard(message, attachments, context) : undefined;
  },
});

async function guard(message: Message<true>, attachments: readonly Attachment[], context: Context): Promise<void> {
  const pictures = attachments.filter(
    ({ contentType, name }) => PICTURE_TYPES.test(contentType ?? '') || PICTURE_NAMES.test(name),
  );
  const watched = attachments.filter(
    ({ contentType, name, size }) => (TEXTS.test(contentType ?? '') || ARCHIVES.test(name)) && size <= LARGEST_WATCHED,
  );
  if (pictures.length === 0 && watched.length === 0) return;
  const files = await context.settings.of(message.guildId, 'files');
  const signal = AbortSignal.timeout(LONGEST_MS);
  const inspecting = { ...limitsOf(files, context.config), askedBy: message.author.id, signal, unasked: true };
  await Promise.all([
    guardPictures(message, pictures, inspecting, context),
    ...(files.watchUploads
      ? watched.map((file) => unlessRefused(watch(message, file, inspecting, context), signal, context))
      : []),
  ]);
}

async function watch(
  message: Message<true>,
  file: Attachment,
  inspecting: Parameters<typeof guardPictures>[2],
  context: Context,
): Promise<void> {
  const { report } = await context.inspector.inspect(file, inspecting);
  if (report.secrets.length > 0) await warnOfSecrets(message, { file: file.name, secrets: report.secrets }, context);
}
