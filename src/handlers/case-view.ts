import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { countCaseEvents, type EventsFrom, type KeptEvent, listCaseEvents } from '../db/case-events.ts';
import type { Answer, Button } from '../services/answers/answer.ts';
import { fitPage } from '../services/answers/fit.ts';
import { render, t } from '../services/answers/words.ts';
import { caseCard, eventWords } from '../services/moderation/entry.ts';
import type { Case } from '../services/moderation/moderation.ts';
import { CASE_RULES } from './case-pages.ts';
import { readCase } from './case-rights.ts';
import { defineComponent } from './define.ts';

/** More are not on a page, however short they are. */
const ON_A_PAGE = 10;
/** Letters: what Discord takes of a message, less what stands around. */
const ROOM = 2_900;

const Place = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  to: Type.Union([Type.Literal('older'), Type.Literal('newer'), Type.Literal('latest'), Type.Literal('case')]),
  /** The event beyond which it goes, older or newer. */
  id: Type.String({ pattern: '^\\d{1,19}$' }),
});

/** What was noted of a case and changed in it, whole, by pages, and back to the case. */
export const turnEvents = defineComponent({
  ...CASE_RULES,
  kind: 'button',
  id: 'case.events',
  version: 1,
  state: Place,
  async run({ interaction, state: { number, to, id } }, context) {
    const one = await readCase(number, interaction, context);
    if (to === 'case') return await viewCase(one, context);
    const from = to === 'latest' ? undefined : { to, id };
    return await eventsPage(one, from, interaction, context);
  },
});

/** A case as whoever may see cases is shown it; what was written of it is behind a button, where the card has no room for all. */
export async function viewCase(one: Case, context: Context): Promise<Answer> {
  const [card, count] = await Promise.all([caseCard(one, context), countCaseEvents(context.db, one)]);
  if (count === 0) return card;
  const label = t('moderation.events.whole', { count });
  const button = { label, customId: turnEvents.customId({ number: one.number, to: 'latest', id: '0' }) };
  return { ...card, parts: [...card.parts, { kind: 'buttons', buttons: [button] }] };
}

async function eventsPage(
  one: Case,
  from: EventsFrom | undefined,
  interaction: BaseInteraction,
  context: Context,
): Promise<Answer> {
  const found = await listCaseEvents(context.db, one, { from, limit: ON_A_PAGE + 1 });
  const newer = from?.to === 'newer';
  const reader = { i18n: context.i18n, locale: interaction.locale };
  const textOf = (event: KeptEvent) => render(eventWords(event, true), reader);
  const shown = fitPage(found, textOf, { most: ON_A_PAGE, room: ROOM, from: newer ? 'last' : 'first' });
  const beyond = found.length > shown.length;
  const [first, last] = [shown.at(0), shown.at(-1)];
  if (!first || !last)
    return from ? await eventsPage(one, undefined, interaction, context) : await viewCase(one, context);
  const { number } = one;
  const step = (to: EventsFrom['to'], id: string, there: boolean): Button => ({
    ...{ label: t(`moderation.events.${to}`), customId: turnEvents.customId({ number, to, id }), disabled: !there },
  });
  const back = { label: t('moderation.events.back'), customId: turnEvents.customId({ number, to: 'case', id: '0' }) };
  const buttons = [
    step('newer', first.id, newer ? beyond : from !== undefined),
    step('older', last.id, newer || beyond),
    back,
  ];
  return {
    tone: 'info',
    title: t('moderation.events.wholeTitle', { number }),
    parts: [
      { kind: 'lines', lines: shown.map((event) => eventWords(event, true)) },
      { kind: 'buttons', buttons },
    ],
  };
}
