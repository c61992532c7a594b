import type { Context } from '../../context.ts';
import { type Letter, lettersOf, type Report } from '../../db/member-reports.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { clip, list, markup, mention, type Said, t, timestamp, type Words } from '../answers/words.ts';
import { bodyOf, type Reported } from './body.ts';
import { buttonsLeft, REPORT_BUTTONS, reportButtonId } from './buttons.ts';

const LONGEST_TEXT = 800;
const LONGEST_LETTER = 300;
const MOST_LETTERS = 3;

/** A report as those who moderate see it. Who made it stands there only where the server wants that. */
export async function reportCard(report: Report, { db, settings }: Pick<Context, 'db' | 'settings'>): Promise<Answer> {
  const { showReporter } = await settings.of(report.guild, 'memberReports');
  const letters = await lettersOf(db, report.id, MOST_LETTERS);
  const { reported, why } = bodyOf(report);
  const closed = report.state === 'done' || report.state === 'dismissed';
  return {
    tone: closed ? 'info' : 'warning',
    title: t('memberReports.card.title', { number: report.number }),
    parts: [
      { kind: 'fields', fields: fieldsOf(report, reported, showReporter) },
      ...quoted(report, reported),
      { kind: 'lines', title: t('memberReports.card.why'), lines: [clip(why, LONGEST_TEXT)] },
      ...(letters.length === 0 ? [] : [written(letters)]),
      {
        kind: 'buttons',
        buttons: buttonsLeft(report.state).map((name) => ({
          label: t(`memberReports.buttons.${name}`),
          customId: reportButtonId(REPORT_BUTTONS[name], report.id),
        })),
      },
    ],
  };
}

function fieldsOf(report: Report, { target, targetName }: Reported, showReporter: boolean) {
  const about = t('memberReports.card.person', { who: mention('user', target), name: targetName });
  const reporter = showReporter ? mention('user', report.reporter) : t('memberReports.card.hidden');
  return [
    [t('memberReports.card.about'), about],
    [t('memberReports.card.by'), reporter],
    [t('memberReports.card.made'), timestamp(report.madeAt)],
    [t('memberReports.card.state'), stateWords(report)],
  ] as const;
}

function stateWords({ state, handler }: Report): Said {
  return t(`memberReports.states.${state}`, { who: handler === null ? '' : mention('user', handler) });
}

function quoted({ guild }: Report, { message }: Reported): readonly Part[] {
  if (!message) return [];
  const link = markup(`https://discord.com/channels/${guild}/${message.channel}/${message.id}`);
  const text: Words = message.text === '' ? t('memberReports.card.noText') : clip(message.text, LONGEST_TEXT);
  const files = message.files.length === 0 ? [] : [t('memberReports.card.files', { names: list(message.files) })];
  return [{ kind: 'lines', title: t('memberReports.card.message', { link }), lines: [text, ...files] }];
}

function written(letters: readonly Letter[]): Part {
  const lines = letters.map(({ moderator, text, trouble }) => {
    const params = { who: moderator === null ? '' : mention('user', moderator), text: clip(text, LONGEST_LETTER) };
    const said = t(`memberReports.card.${moderator === null ? 'fromReporter' : 'fromModerator'}`, params);
    return trouble ? list([said, t('memberReports.card.trouble')]) : said;
  });
  return { kind: 'lines', title: t('memberReports.card.letters'), lines };
}
