import type { Context } from '../context.ts';
import { parseWhen, type When } from '../lib/time/parse.ts';
import { nextOccurrence } from '../lib/time/rule.ts';
import { wallOf, wallText } from '../lib/time/wall.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, moment, renderPlain, type Said, t, type Words } from '../services/answers/words.ts';
import { EVERY_DAY, ownRule } from '../services/reports/schedule.ts';
import type { AreaValue } from '../services/settings/areas.ts';
import type { Choice, Typing } from './autocomplete.ts';
import { LONGEST_WHEN } from './when-option.ts';

const EXAMPLES = ['every day at 9', 'every weekday at 8:30', 'every monday at 18:00'];
type Own = Pick<AreaValue<'reports'>, 'reportDays'> & { readonly reportTime: string };
type Read =
  | { readonly kind: 'own'; readonly own: Own; readonly when: When }
  | { readonly kind: 'problem'; readonly said: Said };
type Needs = Pick<Context, 'now' | 'settings'>;

/** The days and the time that are meant, by the server's clock. UserError with what to write instead. */
export async function readReportTime(typed: string, guildId: string | null, context: Needs): Promise<Own> {
  const read = await tryTime(typed, guildId, context);
  if (read.kind === 'problem') throw new UserError(read.said.key, read.said.params);
  return read.own;
}

/** Shows how what is typed is read, or what is wrong with it; examples while nothing is. */
export async function offerReportTime({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const texts = typed.trim() === '' ? EXAMPLES : [typed.slice(0, LONGEST_WHEN)];
  return await Promise.all(
    texts.map(async (text) => {
      const read = await tryTime(text, interaction.guildId, context);
      const label: Words = read.kind === 'own' ? moment(read.when) : read.said;
      const plain = renderPlain(label, { i18n: context.i18n, locale: interaction.locale });
      return { name: clip(plain.replaceAll('`', ''), LONGEST_WHEN), value: text };
    }),
  );
}

/** When a server's report comes, in words. */
export function reportTimeSaid(reports: AreaValue<'reports'>, zone: string): Words {
  const rule = ownRule(reports);
  if (!rule) return t('commands.config.reports.everybodys');
  const start = new Date(0);
  const recurrence = { rule, zone, start: wallText(wallOf(start, zone)) };
  return moment({ kind: 'repeat', recurrence, first: nextOccurrence(recurrence, start) ?? start });
}

/** What else there may be in a repetition, such as an end or another zone, is refused, not passed over. */
async function tryTime(typed: string, guildId: string | null, { now, settings }: Needs): Promise<Read> {
  const { timeZone: zone } = await settings.of(guildId ?? '', 'general');
  const read = parseWhen(typed, { now: now(), zone });
  if (!read.ok) return { kind: 'problem', said: t(`time.problems.${read.problem.code}`, read.problem.params) };
  if (read.kind === 'repeat' && read.recurrence.zone !== zone)
    return { kind: 'problem', said: t('commands.config.reports.otherZone', { zone }) };
  const own = ownOf(read);
  if (!own) return { kind: 'problem', said: t('commands.config.reports.notDaily') };
  return { kind: 'own', own, when: read };
}

/** Days of the week and a time of day. */
function ownOf(when: When): Own | undefined {
  if (when.kind === 'once' || when.recurrence.until !== undefined) return undefined;
  const { rule } = when.recurrence;
  if (rule.kind === 'daily' && rule.every === 1) return { reportTime: rule.at, reportDays: [...EVERY_DAY] };
  if (rule.kind === 'weekly' && rule.every === 1) return { reportTime: rule.at, reportDays: rule.on.toSorted() };
  return undefined;
}
