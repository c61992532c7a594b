import { type Attachment, Events, type Message } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { limitsOf } from '../../services/inspector/limits.ts';
import { defineEvent } from '../define.ts';
import { warnOfSecrets } from '../secret-warning.ts';
import { guardPictures } from '../shield-guard.ts';

/** Less than an event handler has: what comes too late is counted, not failed. */
const LONGEST_MS = 25_000;
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
    const signal = AbortSignal.timeout(LONGEST_MS);
    const inspecting = { ...limitsOf(files), askedBy: message.author.id, signal, unasked: true };
    await Promise.all([
      unlessRefused(guardPictures(message, pictures, inspecting, context), signal, context),
      ...(files.watchUploads
        ? texts.map((text) => unlessRefused(watch(message, text, inspecting, context), signal, context))
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

/** A file that is gone, too large, cannot be opened or comes when there is too much to do is nobody's failure here: nobody asked. */
async function unlessRefused(work: Promise<void>, signal: AbortSignal, { inspector, log }: Context): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) inspector.admission.turnAway('late', true);
    else if (!(error instanceof UserError)) throw error;
    log.debug({ error }, 'an upload could not be looked at');
  }
}
