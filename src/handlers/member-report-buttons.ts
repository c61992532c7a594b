import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { findReport, insertLetter, moveReport, type Report } from '../db/member-reports.ts';
import { say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t } from '../services/answers/words.ts';
import { MOVES, REPLY_BUTTON, REPORT_BUTTONS } from '../services/member-reports/buttons.ts';
import { letterTimer, reportTimer } from '../services/member-reports/timers.ts';
import { type AnyComponent, defineComponent, type Rules } from './define.ts';
import { fieldOf } from './find.ts';

/** The report itself is brought up to date by its timer, also where two press at once. */
export const HANDLES_REPORTS = {
  needs: PermissionFlagsBits.ModerateMembers,
  visible: 'private',
  cooldown: { uses: 20, seconds: 60 },
} as const satisfies Rules;

const LONGEST_LETTER = 1_500;
const State = Type.Object({ report: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });

const moves = (['take', 'done', 'dismiss', 'reopen'] as const).map((name) =>
  defineComponent({
    ...HANDLES_REPORTS,
    ...REPORT_BUTTONS[name],
    kind: 'button',
    updates: false,
    async run({ interaction, state }, { database, db, timers, now }) {
      const report = await reportHere(state.report, interaction, { db });
      await database.begin(async (tx, notify) => {
        const moved = await moveReport(tx, report.id, { ...MOVES[name], by: interaction.user.id });
        if (!moved) throw new UserError('memberReports.faster');
        await timers.addWithin({ tx, notify }, reportTimer(report, now()));
      });
      return say(`memberReports.moved.${name}`, { number: report.number }, { tone: 'good' });
    },
  }),
);

const answerForm = defineComponent({
  ...HANDLES_REPORTS,
  kind: 'form',
  id: 'report.answer-form',
  version: 1,
  state: State,
  updates: false,
  async run({ interaction, state }, context) {
    const report = await reportHere(state.report, interaction, context);
    await write(report, { moderator: interaction.user.id, text: fieldOf(interaction, 'text') }, context);
    return say('memberReports.answering', { number: report.number }, { tone: 'good' });
  },
});

const answer = defineComponent({
  ...HANDLES_REPORTS,
  ...REPORT_BUTTONS.answer,
  kind: 'button',
  updates: false,
  opensForm: true,
  async run({ state, openForm }) {
    await openForm({
      customId: answerForm.customId(state),
      title: t('memberReports.answerForm.title'),
      fields: [{ id: 'text', label: t('memberReports.answerForm.text'), long: true, min: 1, max: LONGEST_LETTER }],
    });
    return undefined;
  },
});

/** What those who moderate do about a report. */
export const reportButtons: readonly AnyComponent[] = [...moves, answer, answerForm];

/** In direct messages nobody has ranks; whose report it is decides. */
const REPLIES = { where: 'anywhere', visible: 'private', cooldown: { uses: 5, seconds: 300 } } as const satisfies Rules;

const replyForm = defineComponent({
  ...REPLIES,
  kind: 'form',
  id: 'report.reply-form',
  version: 1,
  state: State,
  updates: false,
  async run({ interaction, state }, context) {
    const report = await ownReport(state.report, interaction, context);
    await write(report, { moderator: null, text: fieldOf(interaction, 'text') }, context);
    return say('memberReports.replying', {}, { tone: 'good' });
  },
});

const reply = defineComponent({
  ...REPLIES,
  ...REPLY_BUTTON,
  kind: 'button',
  updates: false,
  opensForm: true,
  async run({ interaction, state, openForm }, context) {
    await ownReport(state.report, interaction, context);
    await openForm({
      customId: replyForm.customId(state),
      title: t('memberReports.replyForm.title'),
      fields: [{ id: 'text', label: t('memberReports.replyForm.text'), long: true, min: 1, max: LONGEST_LETTER }],
    });
    return undefined;
  },
});

/** What whoever reported does about it. */
export const replyButtons: readonly AnyComponent[] = [reply, replyForm];

async function reportHere(id: string, { guildId }: BaseInteraction, { db }: Pick<Context, 'db'>): Promise<Report> {
  const report = await findReport(db, id);
  if (!report || report.guild !== guildId) throw new UserError('errors.outdatedComponent');
  return report;
}

async function ownReport(id: string, { user }: BaseInteraction, { db }: Pick<Context, 'db'>): Promise<Report> {
  const report = await findReport(db, id);
  if (report?.reporter !== user.id) throw new UserError('errors.outdatedComponent');
  return report;
}

interface Writing {
  readonly moderator: string | null;
  readonly text: string;
}

/** To be delivered by its timer. */
async function write(report: Report, { moderator, text }: Writing, { database, timers, now }: Context): Promise<void> {
  const letter = { id: crypto.randomUUID(), report: report.id, moderator, text: text.trim(), madeAt: now() };
  await database.begin(async (tx, notify) => {
    await insertLetter(tx, letter);
    await timers.addWithin({ tx, notify }, letterTimer(report, letter, now()));
  });
}
