import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { BaseInteraction, Guild, Message, User } from 'discord.js';
import type { Context } from '../context.ts';
import { insertDraft, takeDraft } from '../db/drafts.ts';
import { insertReport } from '../db/member-reports.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, mention, t } from '../services/answers/words.ts';
import { type ReportBody, Reported } from '../services/member-reports/body.ts';
import { reportTimer } from '../services/member-reports/timers.ts';
import { type Asked, defineComponent, type Rules } from './define.ts';
import { fieldOf } from './find.ts';

/** Nobody but whoever reports sees that they do. */
export const REPORT_RULES = { visible: 'private', cooldown: { uses: 5, seconds: 60 } } as const satisfies Rules;

const KIND = 'report';
const LONGEST_WHY = 1_500;
/** What is kept of a message. */
const LONGEST_TEXT = 2_000;
const HOUR_MS = 3_600_000;

/** What was filled in becomes a report. What it is of waits as a draft: a message may be deleted meanwhile. */
export const reportForm = defineComponent({
  ...REPORT_RULES,
  kind: 'form',
  id: 'report.form',
  version: 1,
  state: Type.Object({ draft: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  async run({ interaction, state: { draft } }, context) {
    const { guild, user, locale } = interaction;
    if (!guild) throw new UserError('errors.serverOnly');
    await channelFor(guild, context);
    const reported = await takeDraft(context.db, { id: draft, owner: user.id, kind: KIND });
    if (!Value.Check(Reported, reported)) throw new UserError('memberReports.formGone');
    const why = fieldOf(interaction, 'why').trim();
    return await report({ guild: guild.id, reporter: user.id, locale, body: { reported, why } }, context);
  },
});

/** Asks why somebody, or their message, is reported. UserError where that cannot be reported. */
export async function askWhy(
  who: User,
  message: Message | undefined,
  { interaction, openForm }: Asked<BaseInteraction>,
  context: Context,
): Promise<undefined> {
  const { guild, user } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  if (who.id === user.id) throw new UserError('memberReports.yourself');
  if (who.id === context.discord.user?.id) throw new UserError('memberReports.me');
  await channelFor(guild, context);
  const draft = crypto.randomUUID();
  const about = { target: who.id, targetName: who.username, ...(message && { message: keptOf(message) }) };
  await insertDraft(context.db, { id: draft, owner: user.id, kind: KIND }, about);
  await openForm({
    customId: reportForm.customId({ draft }),
    title: t('memberReports.form.title'),
    fields: [
      {
        ...{ id: 'why', label: t('memberReports.form.why'), placeholder: t('memberReports.form.example') },
        ...{ long: true, min: 3, max: LONGEST_WHY },
      },
    ],
  });
  return undefined;
}

function keptOf({ id, channelId: channel, content, attachments }: Message) {
  const files = [...attachments.values()].slice(0, 10).map(({ name }) => clip(name.replaceAll('\0', ''), 100));
  return { channel, id, text: clip(content.replaceAll('\0', ''), LONGEST_TEXT), files };
}

/** UserError where the server takes no reports, or their channel is gone. */
async function channelFor(guild: Guild, { settings }: Context): Promise<void> {
  const { channel } = await settings.of(guild.id, 'memberReports');
  if (!channel) throw new UserError('memberReports.off');
  if (!guild.channels.cache.has(channel)) throw new UserError('memberReports.channelGone');
}

interface Reporting {
  readonly guild: string;
  readonly reporter: string;
  readonly locale: string;
  readonly body: ReportBody;
}

async function report({ body, ...reporting }: Reporting, context: Context): Promise<Answer> {
  const { database, settings, timers, now } = context;
  const madeAt = now();
  const { mostAnHour: most } = await settings.of(reporting.guild, 'memberReports');
  const one = { ...reporting, id: crypto.randomUUID(), body: JSON.stringify(body), madeAt };
  const number = await database.begin(async (tx, notify) => {
    const kept = await insertReport(tx, one, { most, since: new Date(madeAt.getTime() - HOUR_MS) });
    if (!kept) throw new UserError('memberReports.tooMany', { count: most });
    await timers.addWithin({ tx, notify }, reportTimer(kept, madeAt));
    return kept.number;
  });
  const params = { number, who: mention('user', body.reported.target) };
  return say('memberReports.made', params, { tone: 'good', next: t('memberReports.madeNext') });
}
