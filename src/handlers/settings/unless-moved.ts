import { isDeepStrictEqual } from 'node:util';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { valueAt } from '../../db/settings.ts';
import type { Answer, Part } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { AREAS, type AreaName, type AreaValue } from '../../services/settings/areas.ts';
import { changeAreas } from '../../services/settings/change-areas.ts';
import { type Patch, SettingsMovedError } from '../../services/settings/settings.ts';
import { readSnapshot } from '../../services/settings/snapshot.ts';
import type { Asked } from '../define.ts';
import { mustMayChange } from './may-change.ts';
import { changedSince } from './meanwhile.ts';
import { askAnew, type Plan } from './plan.ts';
import { guildOf } from './rights.ts';

/** What others changed so short a while ago nobody who orders a change has seen for certain. */
const A_WHILE_MS = 10 * 60_000;
const MOST_CHANGES = 20;

interface Change<N extends AreaName> {
  readonly area: N;
  readonly patch: (held: AreaValue<N>) => Patch;
  /** What of the area is meant: what others changed besides is in nobody's way. */
  readonly about: (value: AreaValue<N>) => unknown;
  /** The version that whoever asks has seen [the one before what others did in the last minutes]. */
  readonly since?: number;
}

/** Stored, with what others have changed meanwhile beside it; or not, and asked about. */
export type Changing =
  | { readonly stored: true; readonly notes: readonly Part[] }
  | { readonly stored: false; readonly answer: Answer };

/** Stores a change that a command or a form says, unless somebody else has changed the same meanwhile: then that is shown, and asked about. */
export async function changeUnlessMoved<N extends AreaName>(
  { area, patch, about, since }: Change<N>,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<Changing> {
  const { interaction } = asked;
  const guild = guildOf(interaction);
  const whose = { guild: guild.id, by: interaction.user.id };
  const { value, version } = (await readSnapshot(context.db, guild.id))[area];
  const held = value as AreaValue<N>; // its own area's
  const after = patched(area, held, patch(held));
  await mustMayChange([{ area, before: held, after }], interaction, context);
  const seen = since ?? (await beforeOthers(area, version, whose, context));
  const notes = await changedSince(area, seen, guild, context);
  const plan: Plan = { guild: guild.id, why: 'section', areas: [{ area, value: { ...after }, version }] };
  const then = async () =>
    AREAS[area].mend(seen === 0 ? {} : await valueAt(context.db, guild.id, area, seen)).value as AreaValue<N>; // as above
  if (notes.length > 0 && !isDeepStrictEqual(about(await then()), about(held)))
    return { stored: false, answer: await askAnew(plan, notes, asked, context) };
  try {
    await changeAreas([{ area, value: after, version }], whose, context);
  } catch (error) {
    if (!(error instanceof SettingsMovedError)) throw error;
    const moved = await changedSince(area, version, guild, context);
    return { stored: false, answer: await askAnew(plan, moved, asked, context) };
  }
  return { stored: true, notes };
}

/** UserError where that does not fit. */
function patched<N extends AreaName>(area: N, held: AreaValue<N>, patch: Patch): Readonly<Record<string, unknown>> {
  const kept = Object.entries({ ...held, ...patch }).filter(([, own]) => own !== null);
  const after = AREAS[area].filled(Object.fromEntries(kept));
  const [problem] = AREAS[area].problems(after);
  if (!problem) return after;
  const what = { command: `config ${area}`, option: problem.path };
  throw new UserError('commands.config.problem', { what, expected: t(problem.expected) });
}

/** The version before what others changed in the last minutes, as far as whoever asks has changed nothing since. */
async function beforeOthers(
  area: AreaName,
  version: number,
  { guild, by }: { readonly guild: string; readonly by: string },
  { settings, now }: Context,
): Promise<number> {
  const since = now().getTime() - A_WHILE_MS;
  let seen = version;
  for (const change of await settings.history(guild, area, { limit: MOST_CHANGES })) {
    if (change.by === by || change.at.getTime() < since) break;
    seen = change.version - 1;
  }
  return seen;
}
