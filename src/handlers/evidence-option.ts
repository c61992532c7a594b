import { UserError } from '../services/answers/user-error.ts';
import type { Evidence } from '../services/moderation/moderation.ts';
import { type AttachmentOption, attachment, text } from './options.ts';

const MESSAGE = /^https:\/\/(?:(?:canary|ptb)\.)?discord(?:app)?\.com\/channels\/\d{17,20}\/\d{17,20}\/\d{17,20}$/;

/** What shows that an action was called for: the link of a message, a file, or both. */
export const EVIDENCE = { evidence: text({ optional: true, max: 200 }), file: attachment({ optional: true }) } as const;

/** UserError for a link that is none of a message. */
export function readEvidence(link: string | undefined, file: AttachmentOption | undefined): readonly Evidence[] {
  if (link !== undefined && !MESSAGE.test(link.trim())) throw new UserError('moderation.badEvidence');
  return [
    ...(link === undefined ? [] : [{ kind: 'message', url: link.trim() } as const]),
    ...(file ? [{ kind: 'file', name: file.name, url: file.url } as const] : []),
  ];
}
