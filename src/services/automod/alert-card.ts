import type { Context } from '../../context.ts';
import { type Alert, alertDeeds, type DoneByButton } from '../../db/automod-alerts.ts';
import { countAll, listCases } from '../../db/case-list.ts';
import { sumPoints } from '../../db/points.ts';
import type { Key } from '../../lib/i18n.ts';
import type { Answer, Button, LinkButton, Part, Tone } from '../answers/answer.ts';
import { list, mention, t, timestamp, unlinked, type Words } from '../answers/words.ts';
import { caseLine } from '../moderation/case-line.ts';
import { alertButtonId, deedsLeft } from './alert-buttons.ts';
import { highlighted } from './highlight.ts';

/** Of somebody's cases the latest are shown. */
const MOST_CASES = 3;
/** Of a flood the first are named. */
const MOST_NUMBERS = 20;
const DAY_MS = 86_400_000;
const STYLES = { pardon: 'success', delete: 'secondary', timeout: 'danger', ban: 'danger' } as const;

/** An alert as it stands: what was written, by whom, which rules hold, what was done, and what can be done still. */
export async function alertCard(alert: Alert, context: Context): Promise<Answer> {
  const deeds = await alertDeeds(context.db, alert.id);
  const quoted = alert.text === '' ? [] : [{ kind: 'text', text: highlighted(alert.text, alert.spans) } as const];
  return {
    tone: toneOf(alert, deeds),
    title: t(alert.buttons ? 'automod.alert.title' : 'automod.alert.logTitle', { rules: rulesOf(alert) }),
    parts: [
      ...quoted,
      { kind: 'fields', fields: fieldsOf(alert, deeds) },
      ...(await historyOf(alert, context)),
      ...(alert.untold > 0
        ? [{ kind: 'small', text: t('automod.alert.untold', { count: alert.untold }) } as const]
        : []),
      { kind: 'buttons', buttons: buttonsOf(alert, deeds) },
    ],
  };
}

function toneOf({ buttons, rules }: Alert, deeds: readonly DoneByButton[]): Tone {
  if (deeds.length > 0) return 'good';
  return buttons && rules.some(({ observed }) => !observed) ? 'warning' : 'info';
}

function rulesOf({ rules }: Alert): Words {
  return list(rules.map(({ name }) => name));
}

function fieldsOf(alert: Alert, deeds: readonly DoneByButton[]): readonly (readonly [Words, Words])[] {
  const { author, authorName, channel, did, copies, rules, files, found, cases, madeAt } = alert;
  const observed = rules.every((rule) => rule.observed);
  const names = did.map((name) => t(`automod.did.${name}` as Key)); // a test reads every one
  return [
    [t('automod.alert.author'), t('moderation.person', { who: mention('user', author), name: authorName })],
    [t('automod.alert.channel'), mention('channel', channel)],
    ...(files.length > 0 ? [[t('automod.alert.files'), list(files.map(unlinked))] as const] : []),
    ...(found.length > 0 ? [[t('automod.alert.found'), list(found.map(unlinked))] as const] : []),
    ...(copies > 1 ? [[t('automod.alert.copies'), String(copies)] as const] : []),
    [
      t(observed ? 'automod.alert.wouldHave' : 'automod.alert.did'),
      names.length > 0 ? list(names) : t('automod.alert.nothing'),
    ],
    ...(cases.length > 0 ? [[t('automod.alert.case', { count: cases.length }), numbersOf(cases)] as const] : []),
    [t('automod.alert.when'), timestamp(madeAt, 'f')],
    ...deeds.map(
      ({ what, by, at }) =>
        [
          t(`automod.alert.done.${what}`),
          t('automod.alert.by', { who: mention('user', by), when: timestamp(at) }),
        ] as const,
    ),
  ];
}

function numbersOf(cases: Alert['cases']): Words {
  const shown = cases.slice(0, MOST_NUMBERS).map(({ number }) => String(number));
  return list(cases.length > MOST_NUMBERS ? [...shown, '…'] : shown);
}

/** What moderators have to know of who wrote it; a log entry is shorter. */
async function historyOf({ guild, author, buttons }: Alert, context: Context): Promise<readonly Part[]> {
  if (!buttons) return [];
  const { db, now, settings } = context;
  const filter = { guild, target: author };
  const { decayDays } = await settings.of(guild, 'moderation');
  const [cases, count, points] = await Promise.all([
    listCases(db, filter, { from: undefined, limit: MOST_CASES }),
    countAll(db, filter),
    sumPoints(db, filter, new Date(now().getTime() - decayDays * DAY_MS)),
  ]);
  if (count === 0) return [{ kind: 'small', text: t('automod.alert.noCases') }];
  const title = t('automod.alert.history', { count, points });
  return [{ kind: 'lines', title, lines: cases.map((one) => caseLine(one, context)) }];
}

function buttonsOf(alert: Alert, deeds: readonly DoneByButton[]): readonly (Button | LinkButton)[] {
  const { guild, channel, message } = alert;
  const look = { label: t('automod.alert.look'), url: `https://discord.com/channels/${guild}/${channel}/${message}` };
  if (!alert.buttons) return [look];
  const done = deeds.map(({ what }) => what);
  const left = deedsLeft(alert, done).map(
    (deed): Button => ({
      label: t(`automod.alert.buttons.${deed}`),
      style: deed === 'trust' || deed === 'untrust' ? 'secondary' : STYLES[deed],
      customId: alertButtonId(deed, alert),
    }),
  );
  return [...left, look];
}
