import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import { attachmentsOf, messageOfLink } from '../services/inspector/message-files.ts';
import type { Evidence } from '../services/moderation/moderation.ts';
import { type AttachmentOption, attachment, text } from './options.ts';

const MESSAGE = /^https:\/\/(?:(?:canary|ptb)\.)?discord(?:app)?\.com\/channels\/\d{17,20}\/\d{17,20}\/\d{17,20}$/;
/** What is kept of a message's words, and of its files. */
const LONGEST_TEXT = 500;
const MOST_FILES = 4;

/** What shows that an action was called for: the link of a message, a file, or both. */
export const EVIDENCE = { evidence: text({ optional: true, max: 200 }), file: attachment({ optional: true }) } as const;

/** UserError for a link that is none of a message. */
export function readEvidence(link: string | undefined, file: AttachmentOption | undefined): readonly Evidence[] {
  if (link !== undefined && !MESSAGE.test(link.trim())) throw new UserError('moderation.badEvidence');
  return [
    ...(link === undefined ? [] : [{ kind: 'message', url: link.trim() } as const]),
    ...(file ? [fileOf(file)] : []),
  ];
}

/** A message with what it says and carries; what is gone meanwhile, or not to be read, is its link alone. */
export async function evidenceOfMessage(
  { channel, message }: { readonly channel: string; readonly message: string },
  interaction: BaseInteraction,
  { log }: Pick<Context, 'log'>,
): Promise<readonly Evidence[]> {
  const url = `https://discord.com/channels/${interaction.guildId ?? '0'}/${channel}/${message}`;
  try {
    const found = await messageOfLink(url, interaction);
    const words = clip(found.content.toWellFormed(), LONGEST_TEXT);
    const files = attachmentsOf(found).slice(0, MOST_FILES);
    return [{ kind: 'message', url, ...(words !== '' && { text: words }) }, ...files.map(fileOf)];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info({ error, channel, message }, 'a message that is evidence could not be read');
    return [{ kind: 'message', url }];
  }
}

function fileOf({ name, url, size }: Pick<AttachmentOption, 'name' | 'url' | 'size'>): Evidence {
  return { kind: 'file', name, url, size };
}
