import type { Context } from '../../../context.ts';
import { DeadlineError, TaskError } from '../../../lib/errors.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { describeInspection } from '../../../services/files/describe.ts';
import { DownloadError } from '../../../workers/download.ts';
import { defineCommand } from '../../define.ts';
import { type AttachmentOption, attachment } from '../../options.ts';

const MEGABYTE = 1_000_000;
const LARGEST_BYTES = 25 * MEGABYTE;
const DOWNLOAD_MS = 15_000;
const OPENING_MS = 10_000;

/** Says what is in a file: fetched by the I/O thread, opened in a worker, never on the main thread. */
export default defineCommand({
  options: { file: attachment() },
  deadlineMs: 60_000,
  cooldown: { uses: 4, seconds: 10 },
  async run({ options: { file }, signal }, context) {
    const bytes = await fetchFile(file, signal, context);
    const inspection = await open(file, bytes, signal, context);
    return describeInspection(file, inspection);
  },
});

async function fetchFile(
  file: AttachmentOption,
  signal: AbortSignal,
  { io }: Context,
): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > LARGEST_BYTES) throw tooLarge();
  try {
    const { bytes } = await io.download(file.url, { signal, deadlineMs: DOWNLOAD_MS, maxBytes: LARGEST_BYTES });
    return bytes;
  } catch (error) {
    if (error instanceof DownloadError) throw inWords(error);
    throw error;
  }
}

function inWords(error: DownloadError): UserError {
  const options = { cause: error };
  switch (error.code) {
    case 'too-large':
      return tooLarge(options);
    case 'too-slow':
      return new UserError('commands.inspect.tooSlow', {}, options);
    case 'gone':
      return new UserError('commands.inspect.gone', {}, options);
    case 'host-not-allowed':
      return new UserError('commands.inspect.hostNotAllowed', {}, options);
    case 'failed':
      return new UserError('commands.inspect.downloadFailed', {}, options);
    default: {
      const never: never = error.code;
      return never;
    }
  }
}

function tooLarge(options?: ErrorOptions): UserError {
  return new UserError('commands.inspect.tooLarge', { limit: LARGEST_BYTES / MEGABYTE }, options);
}

/** A thread that dies or runs out of time takes this one file with it, and the person is told so. */
async function open(
  { name, contentType }: AttachmentOption,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  { workers, log }: Context,
) {
  const input = { bytes, name, type: contentType ?? '' };
  try {
    return await workers.offload('inspectText', input, { signal, deadlineMs: OPENING_MS, transfer: [bytes.buffer] });
  } catch (error) {
    if (!(error instanceof TaskError || error instanceof DeadlineError)) throw error;
    log.warn({ error, name }, 'a file could not be opened');
    throw new UserError('commands.inspect.unsafe', {}, { cause: error });
  }
}
