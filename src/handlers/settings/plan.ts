import { type Static, Type } from '@sinclair/typebox';
import type { BaseInteraction, Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer, Part } from '../../services/answers/answer.ts';
import { say } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t, type Words } from '../../services/answers/words.ts';
import { checkPatterns } from '../../services/automod/check-patterns.ts';
import { mustCompile } from '../../services/automod/must-compile.ts';
import { changeBookWithin, readBook } from '../../services/automod/rule-book.ts';
import type { AreaName } from '../../services/settings/areas.ts';
import { changeAreas } from '../../services/settings/change-areas.ts';
import { differenceLines, differencesIn } from '../../services/settings/difference.ts';
import { ruleLines, rulesAfter } from '../../services/settings/rules-plan.ts';
import { SettingsMovedError } from '../../services/settings/settings.ts';
import { isArea, readSnapshot } from '../../services/settings/snapshot.ts';
import { RuleSet } from '../../workers/rules/schema.ts';
import { mustMayOrder } from '../automod/may-order.ts';
import type { Asked } from '../define.ts';
import { defineDraft } from '../draft.ts';
import { mustMayChange } from './may-change.ts';
import { changedSince } from './meanwhile.ts';
import { guildOf, SETTINGS_RULES } from './rights.ts';

const Planned = Type.Object({
  guild: Type.String(),
  why: Type.Union([Type.Literal('section'), Type.Literal('import'), Type.Literal('rollback'), Type.Literal('preset')]),
  /** What areas are to be, and which versions they were when that was shown. */
  areas: Type.Array(
    Type.Object({
      area: Type.String(),
      version: Type.Integer({ minimum: 0 }),
      value: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  rules: Type.Optional(
    Type.Object({
      how: Type.Union([Type.Literal('put'), Type.Literal('replace')]),
      version: Type.Integer({ minimum: 0 }),
      rules: RuleSet,
    }),
  ),
  /** The custom id of the button that leads back to where this was asked from. */
  onward: Type.Optional(Type.String()),
});

/** Several settings that are changed together, once somebody has seen what that means. */
export type Plan = Static<typeof Planned>;
type On = Asked<BaseInteraction>;

/** Lines of what will be changed that are shown; the rest is counted. */
const MOST_LINES = 40;

const planning = defineDraft({
  ...SETTINGS_RULES,
  id: 'config.plan',
  schema: Planned,
  async store(plan, by, context, asked) {
    const { guild } = plan;
    const notes = await movedSince(plan, guildOf(asked.interaction), context);
    if (notes.length > 0) return await askAnew(plan, notes, asked, context);
    const count = (await linesOf(plan, asked, context)).length;
    await mustMay(plan, asked, context);
    const { rules } = plan;
    if (rules) await mustCompile(guild, (held) => rulesAfter(held, rules), context, asked.signal); // lists may have gone
    try {
      await store(plan, { guild, by }, context);
    } catch (error) {
      if (!(error instanceof SettingsMovedError)) throw error;
      return await askAnew(plan, await movedSince(plan, guildOf(asked.interaction), context), asked, context);
    }
    const done = say('settings.plan.done', { count }, { tone: 'good', next: t('settings.plan.next') });
    return { ...done, parts: [...done.parts, ...wayOn(plan)] };
  },
});

export const PLAN_BUTTONS = planning.components;

/** Shows what would be changed, and asks. UserError where whoever asks may not change that; a plain answer where nothing differs. */
export async function askAbout(plan: Plan, notes: readonly Part[], asked: On, context: Context): Promise<Answer> {
  await mustMay(plan, asked, context);
  const { rules } = plan;
  if (rules) {
    await checkPatterns(rules.rules, context, asked.signal);
    await mustCompile(plan.guild, (held) => rulesAfter(held, rules), context, asked.signal);
  }
  const lines = await linesOf(plan, asked, context);
  if (lines.length === 0) return { ...say('settings.plan.same'), parts: [...samePart(notes), ...wayOn(plan)] };
  const more = lines.length - MOST_LINES;
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), t('settings.plan.more', { count: more })] : lines;
  return await planning.ask(
    plan,
    asked.interaction.user.id,
    {
      title: t(`settings.plan.title.${plan.why}`),
      parts: [...notes, { kind: 'lines', title: t('settings.plan.will'), lines: shown }, ...wayOn(plan)],
      yes: t(`settings.plan.yes.${plan.why}`),
    },
    context,
  );
}

/** The same where somebody else was faster: shows what they changed, and what would be changed now. */
export async function askAnew(plan: Plan, notes: readonly Part[], asked: On, context: Context): Promise<Answer> {
  const [held, book] = await Promise.all([readSnapshot(context.db, plan.guild), readBook(plan.guild, context)]);
  const areas = plan.areas.map((one) => ({ ...one, version: held[areaOf(one.area)].version }));
  const rules = plan.rules && { ...plan.rules, version: book.version };
  return await askAbout({ ...plan, areas, ...(rules && { rules }) }, [movedPart(), ...notes], asked, context);
}

function movedPart(): Part {
  return { kind: 'text', text: t('settings.plan.moved') };
}

function wayOn({ onward }: Plan): readonly Part[] {
  if (onward === undefined) return [];
  return [{ kind: 'buttons', buttons: [{ label: t('settings.plan.onward'), customId: onward }] }];
}

function samePart(notes: readonly Part[]): readonly Part[] {
  return [...notes, { kind: 'text', text: t('settings.plan.same') }];
}

async function store(plan: Plan, whose: { readonly guild: string; readonly by: string }, context: Context) {
  const held = await readSnapshot(context.db, plan.guild);
  const changes = plan.areas
    .map((one) => ({ ...one, area: areaOf(one.area) }))
    .filter(({ area, value }) => differencesIn(area, held[area].value, value).length > 0);
  const { rules } = plan;
  let version: number | undefined;
  await changeAreas(changes, whose, context, async (within) => {
    if (!rules) return;
    version = await changeBookWithin(within, whose, (stored, at) => {
      if (at !== rules.version) throw new SettingsMovedError('the rules of automod are of another version');
      return ruleLines(stored, rules).length > 0 ? rulesAfter(stored, rules) : stored;
    });
  });
  if (version !== undefined) context.rules.heard(`${plan.guild} ${version}`);
}

async function mustMay(plan: Plan, asked: On, context: Context): Promise<void> {
  const held = await readSnapshot(context.db, plan.guild);
  const wanted = plan.areas.map(({ area, value }) => ({
    area: areaOf(area),
    before: held[areaOf(area)].value,
    after: value,
  }));
  await mustMayChange(wanted, asked.interaction, context);
  if (plan.rules) await mustMayOrder(plan.rules.rules, asked, context);
}

async function linesOf(plan: Plan, { interaction }: On, context: Context): Promise<readonly Words[]> {
  const [held, book] = await Promise.all([readSnapshot(context.db, plan.guild), readBook(plan.guild, context)]);
  const areas = plan.areas.flatMap(({ area, value }) =>
    differenceLines(areaOf(area), held[areaOf(area)].value, value, interaction.guild),
  );
  return [...areas, ...(plan.rules ? ruleLines(book.rules, plan.rules) : [])];
}

/** What others have changed of what is to be changed since it was shown. */
async function movedSince(plan: Plan, guild: Guild, context: Context): Promise<readonly Part[]> {
  const areas = await Promise.all(
    plan.areas.map(({ area, version }) => changedSince(areaOf(area), version, guild, context)),
  );
  const moved = plan.rules && (await readBook(plan.guild, context)).version !== plan.rules.version;
  return [...areas.flat(), ...(moved ? [{ kind: 'text', text: t('settings.plan.meanwhileRules') } as const] : [])];
}

function areaOf(name: string): AreaName {
  if (!isArea(name)) throw new UserError('settings.section.noSuch', { name });
  return name;
}
