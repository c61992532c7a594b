import type { Message, User } from 'discord.js';
import type { Report } from '../../workers/inspect/report.ts';
import type { Answer } from '../answers/answer.ts';
import { mention, size, t, type Words } from '../answers/words.ts';
import { limitSaid } from '../inspector/card.ts';
import { shownName } from '../inspector/shown-name.ts';

const LONGEST_NAME = 100;
/** Names of pictures that Discord shows, whatever is in them. */
const SHOWN = /\.(?:a?png|jpe?g|jpe|jfif|gif|webp|avif)$/i;

/** Why a picture was not opened, or not in time. */
export type Unopened = 'too-large' | 'busy' | 'late' | 'too-slow' | 'failed' | 'unsafe' | 'deadly';

/** A picture that stands, though nobody knows whether it is blocked. */
export interface Uncompared {
  readonly name: string;
  readonly why: Words;
}

/** Why a picture that was opened could not be compared; undefined where it was, or where there is nothing in it to be compared. */
export function whyUncompared(
  { type, hashes, limits, findings }: Pick<Report, 'type' | 'hashes' | 'limits' | 'findings'>,
  name: string,
): Words | undefined {
  if (hashes.length > 0) return undefined;
  const picture = type === 'png' || type === 'jpeg' || type === 'webp' || type === 'gif';
  if (!picture) return SHOWN.test(name) ? t('shield.log.uncompared.why.other-kind') : undefined;
  const [hit] = limits;
  if (hit) return limitSaid(hit);
  return findings.some(({ code }) => code === 'broken') ? t('shield.log.uncompared.why.broken') : undefined;
}

/** The same of one that was not; `most` bytes would have been fetched. */
export function whyUnopened(why: Unopened, most: number): Words {
  return t(`shield.log.uncompared.why.${why}`, { most: size(most) });
}

/** What the server's log is told of a message's pictures that could not be compared, and what a moderator can do. */
export function uncomparedEntry(
  message: Pick<Message, 'channelId' | 'url'> & { readonly author: Pick<User, 'id'> },
  pictures: readonly Uncompared[],
): Answer {
  const which = pictures.map(({ name, why }) =>
    t('shield.log.uncompared.which', { name: shownName(name, LONGEST_NAME), why }),
  );
  return {
    tone: 'warning',
    title: t('shield.log.uncompared.title', { count: pictures.length }),
    parts: [
      { kind: 'text', text: t('shield.log.uncompared.text', { count: pictures.length }) },
      { kind: 'points', points: which },
      {
        kind: 'fields',
        fields: [
          [t('shield.log.author'), mention('user', message.author.id)],
          [t('shield.log.channel'), mention('channel', message.channelId)],
        ],
      },
      { kind: 'buttons', buttons: [{ label: t('shield.log.look'), url: message.url }] },
    ],
    next: t('shield.log.uncompared.next'),
  };
}
