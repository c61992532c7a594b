import type { Message, User } from 'discord.js';
import { safeName } from '../../workers/inspect/names.ts';
import type { LimitHit, Report } from '../../workers/inspect/report.ts';
import type { Answer } from '../answers/answer.ts';
import { mention, t, unlinked } from '../answers/words.ts';
import { limitSaid } from '../inspector/card.ts';

const LONGEST_NAME = 100;

/** A picture that stands, though nobody knows whether it is blocked. */
export interface Uncompared {
  readonly name: string;
  /** The limit that was in the way. */
  readonly hit: LimitHit;
}

/** The limit that kept a picture from being compared; undefined where it was compared, or has nothing to be compared. */
export function hitBefore({ type, hashes, limits }: Pick<Report, 'type' | 'hashes' | 'limits'>): LimitHit | undefined {
  const picture = type === 'png' || type === 'jpeg' || type === 'webp' || type === 'gif';
  return picture && hashes.length === 0 ? limits[0] : undefined;
}

/** What the server's log is told of a message's pictures that could not be compared, and what a moderator can do. */
export function uncomparedEntry(
  message: Pick<Message, 'channelId' | 'url'> & { readonly author: Pick<User, 'id'> },
  pictures: readonly Uncompared[],
): Answer {
  const which = pictures.map(({ name, hit }) =>
    t('shield.log.uncompared.which', { name: unlinked(safeName(name, LONGEST_NAME)), why: limitSaid(hit) }),
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
