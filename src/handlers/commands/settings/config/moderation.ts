import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { lasting, list, t, type Words } from '../../../../services/answers/words.ts';
import type { Rung } from '../../../../services/moderation/ladder.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { MOST_RUNGS, MOST_SAVED_REASONS } from '../../../../services/settings/areas/moderation.ts';
import type { AreaValue } from '../../../../services/settings/areas.ts';
import type { Choice, Typing } from '../../../autocomplete.ts';
import { defineCommand } from '../../../define.ts';
import { LONGEST_DURATION, readDuration } from '../../../duration-option.ts';
import { boolean, integer, text } from '../../../options.ts';
import { guildOf } from '../../../settings/rights.ts';
import { changeUnlessMoved } from '../../../settings/unless-moved.ts';
import { lastChange } from '../../../settings-panel.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 5 * 365 * 1_440 * MINUTE_MS } as const;
const RECORDED = ['nicks', 'roles', 'voice'] as const;
const NONE = 'none';

type Value = AreaValue<'moderation'>;

interface Wanted {
  readonly addReason?: string | undefined;
  readonly removeReason?: string | undefined;
  readonly points?: number | undefined;
  readonly action?: 'timeout' | 'kick' | 'ban' | 'none' | undefined;
  readonly duration?: string | undefined;
  readonly decayDays?: number | undefined;
  readonly mostPoints?: number | undefined;
  readonly appeal?: string | undefined;
  readonly record?: (typeof RECORDED)[number] | undefined;
  readonly recording?: boolean | undefined;
}

/** Shows what is settled about moderation and changes what is named: saved reasons, what points lead to, what members are told. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: {
    addReason: text({ optional: true, min: 1, max: 100 }),
    removeReason: text({ optional: true, max: 100, autocomplete: offerSaved }),
    points: integer({ optional: true, min: 1, max: 10_000 }),
    action: text({ optional: true, choices: ['timeout', 'kick', 'ban', 'none'] }),
    duration: text({ optional: true, max: LONGEST_DURATION }),
    decayDays: integer({ optional: true, min: 1, max: 3_650 }),
    mostPoints: integer({ optional: true, min: 1, max: 100 }),
    appeal: text({ optional: true, min: 1, max: 500 }),
    record: text({ optional: true, choices: RECORDED }),
    recording: boolean({ optional: true }),
  },
  async run(asked, context) {
    const { options, interaction } = asked;
    const changes = Object.values(options).some((value) => value !== undefined);
    const guild = guildOf(interaction).id;
    if (!changes) return await panel(guild, context);
    const change = {
      area: 'moderation' as const,
      patch: (value: Value) => changed(value, options),
      // By what the change itself touches.
      about: (value: Value) => touched(value, options),
    };
    const changing = await changeUnlessMoved(change, asked, context);
    return changing.stored ? await panel(guild, context, changing.notes) : changing.answer;
  },
});

/** What of the section an order is about: a reason or a rung beside it may be somebody else's. */
function touched({ reasons, ladder, decayDays, mostPoints, appeal, recorded }: Value, wanted: Wanted) {
  return [
    [wanted.addReason, wanted.removeReason].map((reason) => reason !== undefined && reasons.includes(reason)),
    wanted.points !== undefined && ladder.find(({ points }) => points === wanted.points),
    wanted.record !== undefined && recorded.includes(wanted.record),
    wanted.decayDays !== undefined && decayDays,
    wanted.mostPoints !== undefined && mostPoints,
    wanted.appeal !== undefined && appeal,
  ];
}

function changed(value: Value, wanted: Wanted) {
  const { decayDays, mostPoints, appeal } = wanted;
  return {
    ...reasonsChanged(value, wanted),
    ...ladderChanged(value, wanted),
    ...recordedChanged(value, wanted),
    ...(decayDays !== undefined && { decayDays }),
    ...(mostPoints !== undefined && { mostPoints }),
    ...(appeal !== undefined && { appeal: appeal === NONE ? null : appeal }),
  };
}

function reasonsChanged({ reasons }: Value, { addReason, removeReason }: Wanted) {
  if (addReason === undefined && removeReason === undefined) return {};
  if (removeReason !== undefined && !reasons.includes(removeReason))
    throw new UserError('commands.config.moderation.noSuchReason', { reason: removeReason });
  const left = reasons.filter((reason) => reason !== removeReason && reason !== addReason);
  if (addReason !== undefined && left.length >= MOST_SAVED_REASONS)
    throw new UserError('commands.config.moderation.reasonsFull', { most: MOST_SAVED_REASONS });
  return { reasons: addReason === undefined ? left : [...left, addReason] };
}

function ladderChanged({ ladder }: Value, { points, action, duration }: Wanted) {
  if (points === undefined && action === undefined && duration === undefined) return {};
  if (points === undefined || action === undefined) throw new UserError('commands.config.moderation.pointsAndAction');
  const left = ladder.filter((rung) => rung.points !== points);
  if (action === NONE) return { ladder: left };
  if (left.length >= MOST_RUNGS) throw new UserError('commands.config.moderation.ladderFull', { most: MOST_RUNGS });
  return { ladder: [...left, rungOf(points, action, duration)].sort((a, b) => a.points - b.points) };
}

/** A timeout has an end, a ban may have one. */
function rungOf(points: number, action: Rung['action'], duration: string | undefined): Rung {
  if (action === 'timeout' && duration === undefined) throw new UserError('commands.config.moderation.howLong');
  if (action === 'kick' || duration === undefined) return { points, action };
  return { points, action, minutes: Math.ceil(readDuration(duration, BOUNDS) / MINUTE_MS) };
}

function recordedChanged({ recorded }: Value, { record, recording }: Wanted) {
  if (record === undefined && recording === undefined) return {};
  if (record === undefined || recording === undefined)
    throw new UserError('commands.config.moderation.recordAndRecording');
  const others = recorded.filter((kind) => kind !== record);
  return { recorded: recording ? [...others, record] : others };
}

async function offerSaved({ typed, interaction }: Typing, { settings }: Context): Promise<readonly Choice[]> {
  const { reasons } = await settings.of(interaction.guildId ?? '0', 'moderation');
  const wanted = typed.trim().toLowerCase();
  const fitting = reasons.filter((reason) => reason.toLowerCase().includes(wanted));
  return fitting.slice(0, 25).map((reason) => ({ name: reason, value: reason }));
}

async function panel(guild: string, context: Context, notes?: readonly Part[]): Promise<Answer> {
  const [value, last] = await Promise.all([
    context.settings.of(guild, 'moderation'),
    lastChange(guild, 'moderation', context),
  ]);
  const { reasons, ladder, decayDays, mostPoints, letters, appeal, recorded } = value;
  const unset = t('commands.config.unset');
  const rungs = ladder.map((rung) => rungWords(rung, context));
  const told = Object.keys(letters).map((type) => typeWords({ type }, context));
  const fields: (readonly [Words, Words])[] = [
    [t('commands.config.moderation.reasons'), reasons.length === 0 ? unset : list(reasons)],
    [t('commands.config.moderation.ladder'), rungs.length === 0 ? unset : list(rungs)],
    [t('commands.config.moderation.decay'), t('commands.config.moderation.days', { count: decayDays })],
    [t('commands.config.moderation.mostPoints'), t('commands.config.moderation.upTo', { count: mostPoints })],
    [t('commands.config.moderation.letters'), told.length === 0 ? unset : list(told)],
    [t('commands.config.moderation.appeal'), appeal ?? unset],
    [
      t('commands.config.moderation.recorded'),
      list((['always', ...recorded] as const).map((kind) => t(`commands.config.moderation.kinds.${kind}`))),
    ],
  ];
  return {
    tone: notes ? 'good' : 'info',
    title: t('commands.config.moderation.title'),
    parts: [
      ...(notes ? [{ kind: 'text', text: t('commands.config.changed') } as const, ...notes] : []),
      { kind: 'fields', fields },
      { kind: 'small', text: last },
    ],
  };
}

function rungWords({ points, action, minutes }: Rung, context: Context): Words {
  const type = typeWords({ type: action }, context);
  if (minutes === undefined) return t('commands.config.moderation.rung', { points, type });
  return t('commands.config.moderation.rungFor', { points, type, span: lasting(minutes * MINUTE_MS) });
}
