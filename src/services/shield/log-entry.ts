import type { Message, User } from 'discord.js';
import { maskSecrets } from '../../workers/inspect/secrets.ts';
import type { Answer, Attached, Button } from '../answers/answer.ts';
import { mention, t, type Words } from '../answers/words.ts';
import { shownName } from '../inspector/shown-name.ts';

/** What was done with a message that holds a picture like a blocked one. */
export type Done = 'deleted' | 'flagged' | 'could-not-delete' | 'other-servers';

interface Entry {
  readonly name: string;
  /** Nothing when the picture could not be kept. */
  readonly bytes: Uint8Array | undefined;
  /** How many other servers have blocked something like it. */
  readonly others: number;
  readonly undo: Button | undefined;
  /** The picture in words, for people who do not see it. */
  readonly description: string;
}

/** What the server's log is told, with the picture beside it so that a mistake can be undone. */
export function shieldEntry(
  message: Pick<Message, 'channelId' | 'url'> & { readonly author: Pick<User, 'id'> },
  done: Done,
  { name, bytes, others, undo, description }: Entry,
): Answer {
  const fields: (readonly [Words, Words])[] = [
    [t('shield.log.author'), mention('user', message.author.id)],
    [t('shield.log.channel'), mention('channel', message.channelId)],
    [t('shield.log.picture'), shownName(name)],
  ];
  const there = done === 'deleted' ? [] : [{ label: t('shield.log.look'), url: message.url }];
  const buttons = [...(undo ? [undo] : []), ...there];
  return {
    tone: done === 'deleted' ? 'bad' : 'warning',
    title: t('shield.log.title'),
    parts: [
      { kind: 'text', text: t(`shield.log.done.${done}`, { count: others }) },
      { kind: 'fields', fields },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
    ...(bytes && shown({ name: `SPOILER_${maskSecrets(name).text}`, bytes, description, spoiler: true })),
  };
}

/** Discord takes for a picture what is called one; what is called something else can only be sent as a file. */
function shown(picture: Attached): Pick<Answer, 'pictures' | 'files'> {
  return /\.(?:png|jpe?g|gif|webp)$/i.test(picture.name) ? { pictures: [picture] } : { files: [picture] };
}
