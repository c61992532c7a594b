import type { BaseInteraction, Guild, ModalSubmitInteraction } from 'discord.js';
import type { Context } from '../../../context.ts';
import { valueAt } from '../../../db/settings.ts';
import type { Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { mention, t } from '../../../services/answers/words.ts';
import { HIGHEST_RANK } from '../../../services/permissions/ranks.ts';
import { rankWords } from '../../../services/permissions/words.ts';
import { AREAS } from '../../../services/settings/areas.ts';
import { SettingsMovedError } from '../../../services/settings/settings.ts';
import type { Asked } from '../../define.ts';
import { chosenIn } from '../../find.ts';
import type { AnyField } from '../../form.ts';
import { withRank } from '../../rank-setting.ts';
import { changeArea } from '../../settings-panel.ts';
import { askingOf } from '../../standing.ts';
import { changedSince } from '../meanwhile.ts';

const NONE = 'none';

interface Outcome {
  readonly changed: boolean;
  readonly notes: readonly Part[];
}

/** The fields of the form that gives a role a rank. */
export function rankFields(): readonly AnyField[] {
  const ranks = Array.from({ length: HIGHEST_RANK + 1 }, (_, rank) => ({
    value: String(rank),
    label: rankWords(rank),
  }));
  return [
    { id: 'role', label: t('settings.setup.rank.role'), of: 'role' },
    {
      id: 'rank',
      label: t('settings.setup.rank.rank'),
      options: [...ranks, { value: NONE, label: t('settings.setup.rank.none') }],
    },
  ];
}

/**
 * Gives a role a rank by the rules of `/permissions set`. Where somebody else has changed that of the same role since the form was opened
 * nothing is stored, and what they did is shown.
 */
export async function giveRank(
  { interaction, ...asked }: Asked<ModalSubmitInteraction>,
  { since, guild }: { readonly since: number; readonly guild: Guild },
  context: Context,
): Promise<Outcome> {
  const asking = await askingOf(interaction, context);
  const [id] = chosenIn(interaction, 'role');
  const [rank = NONE] = chosenIn(interaction, 'rank');
  if (!asking || id === undefined) throw new UserError('permissionsOf.one');
  const subject = { of: 'roles', id, named: mention('role', id) } as const;
  const setting = { subject, rank: rank === NONE ? undefined : Number(rank), by: asking.person };
  const then = await rolesAt(since, guild, context);
  const on: Asked<BaseInteraction> = { interaction, ...asked };
  try {
    const notes = await changedSince('permissions', since, guild, context);
    const patch = (ranks: Parameters<typeof withRank>[0]) => {
      if (ranks.roles[id] !== then[id]) throw new SettingsMovedError('the rank of the role is another one by now');
      return withRank(ranks, setting, guild);
    };
    await changeArea('permissions', patch, on, context);
    const first = Object.keys(then).length === 0 && setting.rank !== undefined;
    return { changed: true, notes: [...notes, ...(first ? [firstPart()] : [])] };
  } catch (error) {
    if (!(error instanceof SettingsMovedError)) throw error;
    const notes = await changedSince('permissions', since, guild, context);
    return { changed: false, notes: [{ kind: 'text', text: t('settings.plan.moved') }, ...notes] };
  }
}

function firstPart(): Part {
  return { kind: 'text', text: t('permissionsOf.first') };
}

async function rolesAt(version: number, guild: Guild, { db }: Context): Promise<Readonly<Record<string, number>>> {
  const stored = version === 0 ? {} : await valueAt(db, guild.id, 'permissions', version);
  return AREAS.permissions.mend(stored).value.roles;
}
