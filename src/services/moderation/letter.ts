import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import { sayDuration } from '../../lib/time/say.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { type Markup, markup, type Reader, render, type Said, t, timestamp, type Words } from '../answers/words.ts';
import type { AreaValue } from '../settings/areas.ts';
import { type Placeholder, piecesOf } from '../settings/letter-placeholders.ts';
import { besidesOf } from './actions.ts';

const MINUTE_MS = 60_000;

/** What is told of a case. */
type Told = Pick<Case, 'type' | 'number' | 'reason' | 'createdAt' | 'until' | 'actorName' | 'data'>;

/** What the server itself says in such messages. */
type Own = Pick<AreaValue<'moderation'>, 'appeal' | 'letters'>;

/** What a person is told of what was, or is about to be, done to them: in the server's own words for it, or in the bot's. */
export function letterOf(one: Told, { appeal, letters }: Own, server: string, reader: Reader): Answer {
  const template = Object.hasOwn(letters, one.type) ? letters[one.type] : undefined;
  const objection: Words =
    appeal !== undefined ? ownWords(appeal) : t('moderation.notice.next', { number: one.number });
  const besides = besidesOf(one);
  const more: readonly Part[] = besides ? [{ kind: 'text', text: besides }] : [];
  if (template === undefined) return { ...plain(one, server, more, reader), next: objection };
  const values = { ...valuesOf(one, server), appeal: objection };
  const pieces = piecesOf(template);
  const placed = pieces.some((piece) => 'placeholder' in piece && piece.placeholder === 'appeal');
  return {
    tone: 'warning',
    parts: [{ kind: 'text', text: filled(pieces, values, reader) }, ...more],
    ...(!placed && { next: objection }),
  };
}

function plain(one: Told, server: string, more: readonly Part[], { i18n }: Reader): Answer {
  const fields: (readonly [Words, Words])[] = [
    ...(one.reason === null ? [] : [[t('moderation.reason'), one.reason] as const]),
    ...(one.until === null ? [] : [[t('moderation.until'), timestamp(one.until, 'f')] as const]),
  ];
  return {
    tone: 'warning',
    title: noticeTitle(one, server, i18n),
    parts: [...(fields.length > 0 ? [{ kind: 'fields', fields } as const] : []), ...more],
  };
}

/** What is said of an action of this type in a word: that it was done in that server. */
export function noticeTitle({ type }: Pick<Case, 'type'>, server: string, i18n: Context['i18n']): Said {
  const key = `moderation.notice.${type}`;
  return t(i18n.has(key) ? key : 'moderation.notice.other', { server });
}

function valuesOf(
  { reason, until, createdAt, number, actorName }: Told,
  server: string,
): Record<Exclude<Placeholder, 'appeal'>, Words> {
  const noEnd = t('moderation.letter.noEnd');
  return {
    server,
    reason: reason ?? t('moderation.noReason'),
    until: until === null ? noEnd : timestamp(until, 'f'),
    duration: until === null ? noEnd : spanOf(until.getTime() - createdAt.getTime()),
    case: String(number),
    moderator: actorName,
  };
}

/** What whoever manages the server has written is formatted as they wrote it, and its addresses lead where they should. */
function ownWords(text: string): Markup {
  return markup(text.toWellFormed());
}

/** To the minute: between the two moments the bot has taken some time itself. */
function spanOf(ms: number): string {
  return sayDuration(Math.max(1, Math.round(ms / MINUTE_MS)) * MINUTE_MS);
}

function filled(pieces: ReturnType<typeof piecesOf>, values: Record<Placeholder, Words>, reader: Reader): Markup {
  return markup(
    pieces.map((piece) => render('text' in piece ? ownWords(piece.text) : values[piece.placeholder], reader)).join(''),
  );
}
