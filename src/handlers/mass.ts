import type { BaseInteraction, ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { cancelRun, countItems, findRun, type MassKind, type MassRun, type NewItem } from '../db/mass-runs.ts';
import { type Answer, type Part, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code, list, mention, type Said, t, type Words } from '../services/answers/words.ts';
import { cancelButton, listButton, RunState } from '../services/mass/buttons.ts';
import { listOf } from '../services/mass/report.ts';
import { runCard } from '../services/mass/run-card.ts';
import { askRun, startRun } from '../services/mass/runs.ts';
import { type MembersSpec, membersSpec } from '../services/mass/spec.ts';
import { standingInTheWay } from '../services/mass/stands.ts';
import { defineComponent, type Rules } from './define.ts';
import { askSecond, massSecond } from './mass-second.ts';
import { type Given, type Named, readNamed } from './mass-targets.ts';
import { MODERATES } from './moderate.ts';
import { attachment, text } from './options.ts';

/** How long what was shown may be confirmed. */
const SHOWN_MS = 15 * 60_000;
/** More are not looked at one by one before it begins; each is again when it is their turn. */
const LOOKED_AT = 500;
const NAMED = 10;
const SPARED = 5;

/** What Discord lets people type. */
export const WHOM = { ids: text({ optional: true, max: 6_000 }), file: attachment({ optional: true }) } as const;

/** What a kind of run is asked with: shown, confirmed, and cancelled by those who may do it. */
export function massButtons(kind: Exclude<MassKind, 'purge'>, { needs }: Required<Pick<Rules, 'needs'>>) {
  const rules = { ...MODERATES, needs };
  const confirm = defineComponent({
    ...rules,
    kind: 'button',
    id: `mass.${kind}.confirm`,
    version: 1,
    state: RunState,
    run: ({ interaction, state }, context) => begin(state.run, interaction, context),
  });
  const ask: Ask = (run, named, spared) => previewOf(run, named, spared, confirm.customId({ run: run.id }));
  const needed = { needs };
  const others = [massCancel(kind, needed), massSecond(kind, needed), massList(kind, needed)];
  return { ask, components: [confirm, ...others] };
}

/** The button under a run that is over: what became of whom, for those alone who could have ordered it. */
function massList(kind: MassKind, needed: Required<Pick<Rules, 'needs'>>) {
  return defineComponent({
    ...MODERATES,
    ...listButton(kind),
    ...needed,
    kind: 'button',
    updates: false,
    defer: 'private',
    async run({ interaction: { guildId }, state }, context) {
      const run = await findRun(context.db, state.run);
      if (run?.guild !== guildId) throw new UserError('mass.listGone');
      const why = run.why === null ? undefined : (run.why as Said); // as it was stored when it was over
      const files = [await listOf(run, context)];
      return runCard(run, await countItems(context.db, run.id), { why, files }, 'moderators');
    },
  });
}

/** The button under a run that stops it before its next batch. */
export function massCancel(kind: MassKind, needed: Required<Pick<Rules, 'needs'>> & Pick<Rules, 'inChannel'>) {
  return defineComponent({
    ...MODERATES,
    ...cancelButton(kind),
    ...needed,
    kind: 'button',
    updates: false,
    async run({ interaction: { guildId, user }, state }, { db }) {
      if (!(await cancelRun(db, state.run, guildId ?? '0', user.id))) throw new UserError('mass.over');
      return say('mass.cancelling');
    },
  });
}

interface Wish {
  readonly kind: Exclude<MassKind, 'purge'>;
  readonly spec: MembersSpec;
  /** The raid that it is about. */
  readonly raid?: string | null;
}

/** Shows what was asked for, with the button that begins it. */
export type Ask = (run: MassRun, named: Named, spared: readonly Words[]) => Answer;

/** Reads whom it is about, keeps that, and shows it. */
export async function proposeMass(
  interaction: ChatInputCommandInteraction,
  { kind, spec, ...given }: Wish & Omit<Given, 'guild'>,
  ask: Ask,
  context: Context,
  signal: AbortSignal,
): Promise<Answer> {
  const named = await readNamed({ ...given, guild: interaction.guildId ?? '0' }, context, signal);
  return await propose(interaction, { kind, spec }, named, ask, context);
}

/** Keeps what is to be done to these, and shows it. */
export async function propose(
  { user, guildId, channelId }: Pick<BaseInteraction, 'user' | 'guildId' | 'channelId'>,
  { kind, spec, raid = null }: Wish,
  named: Named,
  ask: Ask,
  context: Context,
): Promise<Answer> {
  const run: MassRun = {
    ...{ id: crypto.randomUUID(), kind, guild: guildId ?? '0', actor: user.id, actorName: user.username },
    ...{ channel: channelId ?? '0', spec, createdAt: context.now() },
    ...{ state: 'asked', message: null, case: null, cancelledBy: null, secondedBy: null, why: null, raid },
  };
  await askRun({ ...run, spec: { ...spec } }, named.items, context);
  return ask(run, named, await sparedOf(run, named, context));
}

/** Whom it cannot be done to, as it stands, where there are not too many to look at. */
async function sparedOf(run: MassRun, { items }: Named, context: Context): Promise<readonly Words[]> {
  if (run.kind === 'unban' || items.length > LOOKED_AT) return [];
  const stands = await standingInTheWay(
    run,
    items.map(({ target }, place) => ({ target, place })),
    context,
  );
  return [...stands.values()];
}

function previewOf(
  run: MassRun,
  { items, twice = 0, rubbish = 0, shown = [], notes: own = [] }: Named,
  spared: readonly Words[],
  confirm: string,
): Answer {
  const first = items.slice(0, NAMED).map(whoWords);
  const { role } = membersSpec(run);
  const notes: Part[] = [
    ...own.map(small),
    ...(items.length > NAMED ? [small(t('mass.preview.more', { count: items.length - NAMED }))] : []),
    ...(twice > 0 ? [small(t('mass.preview.twice', { count: twice }))] : []),
    ...(rubbish > 0 ? [small(t('mass.preview.rubbish', { count: rubbish, shown: list(shown.map(code)) }))] : []),
  ];
  const sparing: Part[] =
    spared.length === 0
      ? []
      : [{ kind: 'lines', title: t('mass.preview.spared', { count: spared.length }), lines: spared.slice(0, SPARED) }];
  return {
    tone: 'warning',
    title: t(`mass.titles.${run.kind}`, { count: items.length }),
    parts: [
      ...(role === undefined ? [] : [{ kind: 'text', text: t('mass.role', { role: mention('role', role) }) } as const]),
      { kind: 'text', text: list(first) },
      ...notes,
      ...sparing,
      { kind: 'buttons', buttons: [{ label: t('mass.confirm'), style: 'danger', customId: confirm }] },
    ],
    next: t('mass.preview.next'),
  };
}

function whoWords({ target, name }: NewItem): Words {
  const who = mention('user', target);
  return name === '' ? who : t('moderation.person', { who, name });
}

function small(text: Words): Part {
  return { kind: 'small', text };
}

async function begin(id: string, { user, guildId }: ButtonInteraction, context: Context): Promise<Answer> {
  const run = await findRun(context.db, id);
  if (run?.guild !== guildId || run.actor !== user.id) throw new UserError('mass.notYours');
  if (context.now().getTime() - run.createdAt.getTime() > SHOWN_MS) throw new UserError('mass.tooLate');
  const start = await startRun(run, context);
  if (start === 'before') throw new UserError('mass.begun');
  if (start === 'braked') throw new UserError('errors.frozen');
  if (start === 'second') return await askSecond(run, context);
  return say('mass.started', { channel: mention('channel', run.channel) }, { tone: 'good' });
}
