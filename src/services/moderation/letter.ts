import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { PART_BUDGET } from '../answers/payload.ts';
import {
  clip,
  lasting,
  type Markup,
  markup,
  type Reader,
  render,
  renderPlain,
  type Said,
  t,
  timestamp,
  type Words,
} from '../answers/words.ts';
import type { AreaValue } from '../settings/areas.ts';
import { type Piece, type Placeholder, piecesOf } from '../settings/letter-placeholders.ts';
import { besidesOf } from './actions.ts';

const MINUTE_MS = 60_000;
/** Letters of a reason that are left, however little room there is. */
const SHORTEST_REASON = 100;

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
  const text = filled(pieces, values, reader);
  const stands = isPlaced(pieces, 'appeal') && text.markup.length <= PART_BUDGET;
  return {
    tone: 'warning',
    parts: [{ kind: 'text', text }, ...more],
    ...(!stands && { next: objection }), // where it would be cut it stands below
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
function spanOf(ms: number): Words {
  return lasting(Math.max(1, Math.round(ms / MINUTE_MS)) * MINUTE_MS);
}

/** With reasons as short as they have to be for all of it to fit. */
function filled(pieces: readonly Piece[], values: Record<Placeholder, Words>, reader: Reader): Markup {
  const texts = pieces.map((piece) =>
    'text' in piece ? piece.text.toWellFormed() : render(values[piece.placeholder], reader),
  );
  const whole = texts.join('');
  if (whole.length <= PART_BUDGET) return markup(whole);
  const reasons = texts.filter((_, at) => isReason(pieces[at]));
  const room = PART_BUDGET - whole.length + reasons.join('').length;
  const shorter = shortened(values.reason, Math.max(SHORTEST_REASON, Math.floor(room / reasons.length)), reader);
  return markup(texts.map((text, at) => (isReason(pieces[at]) ? shorter : text)).join(''));
}

function isPlaced(pieces: readonly Piece[], placeholder: Placeholder): boolean {
  return pieces.some((piece) => 'placeholder' in piece && piece.placeholder === placeholder);
}

function isReason(piece: Piece | undefined): boolean {
  return piece !== undefined && isPlaced([piece], 'reason');
}

/** At most `room` letters once it is escaped. */
function shortened(reason: Words, room: number, reader: Reader): string {
  let text = renderPlain(reason, reader);
  for (let over = render(text, reader).length - room; over > 0; over = render(text, reader).length - room) {
    text = clip(text, text.length - Math.ceil(over / 2));
  }
  return render(text, reader);
}
