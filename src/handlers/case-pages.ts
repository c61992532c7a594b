import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { listCases, type PageFrom } from '../db/case-list.ts';
import { insertDraft, readDraft } from '../db/drafts.ts';
import type { Answer, Button } from '../services/answers/answer.ts';
import { fitPage } from '../services/answers/fit.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, render, type Said, t, timestamp, type Words } from '../services/answers/words.ts';
import { actionOf } from '../services/moderation/actions.ts';
import { filterOf, Sought } from '../services/moderation/case-filter.ts';
import type { Case } from '../services/moderation/moderation.ts';
import { targetWords, typeWords } from '../services/moderation/notice.ts';
import { defineComponent, type Rules } from './define.ts';

/** Of all that shows cases. */
export const CASE_RULES = {
  needs: PermissionFlagsBits.ModerateMembers,
  visible: 'private',
  cooldown: { uses: 20, seconds: 30 },
} as const satisfies Rules;

const ON_A_PAGE = 8;
const LONGEST_SHOWN = 120;
/** Letters: what Discord takes of a message, less what stands around the cases. */
const ROOM = 2_600;
const KIND = 'cases';

/** What is looked for is too long for a button's id: it waits in the database for a day. */
export const turnCases = defineComponent({
  ...CASE_RULES,
  kind: 'button',
  id: 'case.page',
  version: 1,
  state: Type.Object({
    sought: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    to: Type.Union([Type.Literal('older'), Type.Literal('newer')]),
    number: Type.Integer({ minimum: 1 }),
  }),
  async run({ interaction, state: { sought: id, to, number } }, context) {
    const body = await readDraft(context.db, { id, owner: interaction.user.id, kind: KIND });
    if (!Value.Check(Sought, body)) throw new UserError('cases.listGone');
    return await page({ sought: body, id, title: t('cases.title') }, { to, number }, interaction, context);
  },
});

/** The newest cases that are as they are sought, with buttons to the older ones. */
export function firstPage(
  sought: Sought,
  title: Words,
  interaction: BaseInteraction,
  context: Context,
): Promise<Answer> {
  return page({ sought, title, id: undefined }, undefined, interaction, context);
}

interface Looking {
  readonly sought: Sought;
  readonly title: Words;
  /** Under which it is kept already. */
  readonly id: string | undefined;
}

async function page(
  { sought, title, id }: Looking,
  from: PageFrom | undefined,
  interaction: BaseInteraction,
  context: Context,
): Promise<Answer> {
  const filter = filterOf(sought, { guild: interaction.guildId ?? '0', now: context.now() });
  const found = await listCases(context.db, filter, { from, limit: ON_A_PAGE + 1 });
  const newer = from?.to === 'newer';
  const reader = { i18n: context.i18n, locale: interaction.locale };
  const textOf = (one: Case) => render(lineOf(one, context), reader);
  const shown = fitPage(found, textOf, { most: ON_A_PAGE, room: ROOM, from: newer ? 'last' : 'first' });
  const beyond = found.length > shown.length;
  const [first, last] = [shown.at(0), shown.at(-1)];
  // Hidden since the button was made: the newest of what is left.
  if (!first || !last) return from ? page({ sought, title, id }, undefined, interaction, context) : none(title);
  const older = newer || beyond;
  const kept = id ?? (older ? await keep(sought, interaction, context) : undefined);
  const step = (to: PageFrom['to'], number: number, there: boolean): readonly Button[] =>
    kept === undefined
      ? []
      : [{ label: t(`cases.${to}`), customId: turnCases.customId({ sought: kept, to, number }), disabled: !there }];
  const buttons = [
    ...step('newer', first.number, newer ? beyond : from !== undefined),
    ...step('older', last.number, older),
  ];
  return {
    ...{ tone: 'info', title },
    parts: [
      { kind: 'lines', lines: shown.map((one) => lineOf(one, context)) },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
    next: t('cases.next'),
  };
}

function none(title: Words): Answer {
  return { tone: 'info', title, parts: [{ kind: 'text', text: t('cases.none') }] };
}

async function keep(sought: Sought, { user }: BaseInteraction, { db }: Context): Promise<string> {
  const id = crypto.randomUUID();
  await insertDraft(db, { id, owner: user.id, kind: KIND }, sought);
  return id;
}

function lineOf(one: Case, context: Context): Said {
  const { number, reason, createdAt, actorName, state, hidden } = one;
  const about = clip((reason ?? '').replaceAll(/\s+/g, ' '), LONGEST_SHOWN);
  return t('cases.line', {
    ...{ number, actor: actorName, when: timestamp(createdAt), type: typeWords(one, context) },
    who: targetWords(one, actionOf(one)?.ofPerson ?? true),
    state: state === 'done' ? '' : t(`cases.marks.${state}`),
    hidden: hidden ? t('cases.marks.hidden') : '',
    reason: about === '' ? t('moderation.noReason') : about,
  });
}
