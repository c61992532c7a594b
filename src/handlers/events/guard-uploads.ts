import { type Attachment, Events, type Message } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { limitsOf } from '../../services/inspector/limits.ts';
import { defineEvent } from '../define.ts';
import { warnOfSecrets } from '../secret-warning.ts';
import { guardPictures } from '../shield-guard.ts';

const LONGEST_MS = 30_000;
const PICTURES = /^image\/(?:png|jpeg|gif|webp)\b/;
const TEXTS = /^(?:text\/|application\/(?:json|x-yaml|yaml|toml|x-sh|xml))/;
/** A larger text is looked through when somebody asks for it. Bytes. */
const LARGEST_TEXT = 2_000_000;

/** Looks at what people upload: pictures that were blocked, and, if the server wants it, secrets in texts. */
export default defineEvent({
  on: Events.MessageCreate,
  async run(context, message) {
    if (!message.inGuild() || message.author.bot || message.attachments.size === 0) return;
    const attachments = [...message.attachments.values()];
    const pictures = attachments.filter(({ contentType }) => PICTURES.test(contentType ?? ''));
    const texts = attachments.filter(({ contentType, size }) => TEXTS.test(contentType ?? '') && size <= LARGEST_TEXT);
    if (pictures.length === 0 && texts.length === 0) return;
    const files = await context.settings.of(message.guildId, 'files');
    const inspecting = { ...limitsOf(files), askedBy: message.author.id, signal: AbortSignal.timeout(LONGEST_MS) };
    await Promise.all([
      unlessRefused(guardPictures(message, pictures, inspecting, context), context),
      ...(files.watchUploads
        ? texts.map((text) => unlessRefused(watch(message, text, inspecting, context), context))
        : []),
    ]);
  },
});

async function watch(
  message: Message<true>,
  file: Attachment,
  inspecting: Parameters<typeof guardPictures>[2],
  context: Context,
): Promise<void> {
  const { report } = await context.inspector.inspect(file, inspecting);
  if (report.secrets.length > 0) await warnOfSecrets(message, { file: file.name, secrets: report.secrets }, context);
}

/** A file that is gone, too large or cannot be opened is nobody's failure here: nobody asked. */
async function unlessRefused(work: Promise<void>, { log }: Context): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.debug({ error }, 'an upload could not be looked at');
  }
}
