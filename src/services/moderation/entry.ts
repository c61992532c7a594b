import type { Context } from '../../context.ts';
import { type CaseEvent, listCaseEvents } from '../../db/case-events.ts';
import type { Case, Evidence } from '../../db/cases.ts';
import type { Answer, Tone } from '../answers/answer.ts';
import {
  clip,
  escapeMarkdown,
  markup,
  mention,
  type Said,
  t,
  timestamp,
  unlinked,
  type Words,
} from '../answers/words.ts';
import { shownName } from '../inspector/shown-name.ts';
import { aboutOf, actionOf } from './actions.ts';
import { targetWords, typeWords } from './notice.ts';

const TONES: Readonly<Record<Case['state'], Tone>> = { pending: 'info', done: 'good', void: 'bad' };

/** What is shown of what was noted and changed; the latest of it. */
const MOST_EVENTS = 8;
const LONGEST_EVENT = 150;
/** As much as is kept of a message's words. */
const LONGEST_EVIDENCE = 500;

/** A case as it is shown: in the log, and to whoever looks it up. */
export async function caseCard(one: Case, context: Pick<Context, 'i18n' | 'db'>): Promise<Answer> {
  const events = await listCaseEvents(context.db, one, { limit: MOST_EVENTS });
  const { number, actor, actorName, reason, until, createdAt, state, points, evidence } = one;
  const ofPerson = actionOf(one)?.ofPerson ?? true;
  const about = aboutOf(one);
  const fields: (readonly [Words, Words])[] = [
    [t(ofPerson ? 'moderation.member' : 'moderation.target'), targetWords(one, ofPerson)],
    ...(about ? [[t('moderation.about'), about] as const] : []),
    [
      t('moderation.moderator'),
      actor === null ? actorName : t('moderation.person', { who: mention('user', actor), name: actorName }),
    ],
    [t('moderation.reason'), reason ?? t('moderation.noReason')],
    ...(until === null ? [] : [[t('moderation.until'), untilWords(one, until)] as const]),
    ...(points === 0 ? [] : [[t('moderation.points'), String(points)] as const]),
    [t('moderation.when'), timestamp(createdAt, 'f')],
    [t('moderation.state'), stateWords(one)],
    ...(one.hidden ? [[t('moderation.hidden'), t('moderation.hiddenFrom')] as const] : []),
    ...evidence.map((piece) => [t('moderation.evidence'), evidenceWords(piece, one)] as const),
  ];
  return {
    tone: TONES[state],
    title: t('moderation.title', { number, type: typeWords(one, context) }),
    parts: [
      { kind: 'fields', fields },
      ...(events.length === 0
        ? []
        : [
            {
              kind: 'lines',
              title: t('moderation.events.title'),
              lines: events.map((event) => eventWords(event)),
            } as const,
          ]),
    ],
  };
}

function evidenceWords(piece: Evidence, { guild }: Case): Words {
  if (piece.kind === 'message') {
    const link = markup(piece.url);
    const text = clip((piece.text ?? '').replaceAll(/\s+/g, ' '), LONGEST_EVIDENCE);
    return text === '' ? link : t('moderation.saying', { link, text: unlinked(text) });
  }
  const name = shownName(piece.name);
  const { kept, lost } = piece;
  if (lost !== undefined) return t('moderation.notKept', { name, why: lost as Words }); // as it was stored
  const link = kept ? `https://discord.com/channels/${guild}/${kept.channel}/${kept.message}` : piece.url;
  return t('moderation.keptAt', { name, link: markup(link) });
}

/** What was noted or changed: in short, or with all that was written. */
export function eventWords({ at, by, kind, before, after }: CaseEvent, whole = false): Said {
  const shown = (text: string | null): Words => {
    if (text === null) return t(`moderation.events.${kind === 'until' ? 'forGood' : 'nothing'}`);
    if (kind === 'until') return timestamp(new Date(text), 'f');
    return whole ? quoted(text) : clip(text.replaceAll(/\s+/g, ' '), LONGEST_EVENT);
  };
  const who = by === null ? '' : mention('user', by);
  return t(`moderation.events.${kind}`, {
    ...{ who, when: timestamp(at), before: shown(before), after: shown(after) },
  });
}

/** All of a text below what is said of it, so that none of its lines is taken for something else that is said. */
function quoted(text: string): Words {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return markup(lines.map((line) => `\n> ${escapeMarkdown(line)}`).join(''));
}

/** How a case stands, and whether the member knows. */
export function stateWords({
  state,
  told,
  silent,
  voidReason,
}: Pick<Case, 'state' | 'told' | 'silent' | 'voidReason'>): Said {
  if (state === 'pending') return t('moderation.states.pending');
  if (state === 'void') return t('moderation.states.void', { why: whyVoid({ voidReason }) });
  if (told === null) return t(silent ? 'moderation.states.silent' : 'moderation.states.done');
  return t(`moderation.told.${told}`);
}

/** Why a void case is so, in words. */
export function whyVoid({ voidReason }: Pick<Case, 'voidReason'>): Words {
  return (voidReason ?? '') as Words; // as it was stored when it was voided
}

function untilWords({ endedAt }: Case, until: Date): Words {
  const params = { at: timestamp(until, 'f'), ended: endedAt ? timestamp(endedAt, 'f') : '' };
  return t(endedAt && endedAt < until ? 'moderation.endedEarly' : 'moderation.untilAt', params);
}
