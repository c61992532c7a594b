import type { ButtonInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { findRun, type MassRun, type NewItem } from '../db/mass-runs.ts';
import { standingItems } from '../db/standing-items.ts';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { oppositeOf, type UndoableKind, undoButton } from '../services/mass/buttons.ts';
import { membersSpec } from '../services/mass/spec.ts';
import { type AnyComponent, defineComponent, type Rules } from './define.ts';
import { type Ask, massButtons, propose } from './mass.ts';
import { MODERATES } from './moderate.ts';
import { refuseRole } from './role-order.ts';

const KINDS = ['role-add', 'role-remove'] as const;

/** What roles of many are changed with: shown, confirmed, stopped, and taken back by a run of its own. */
export function bulkRoleButtons(needs: Required<Pick<Rules, 'needs'>>): {
  readonly ask: Ask;
  readonly components: readonly AnyComponent[];
} {
  const made = { 'role-add': massButtons('role-add', needs), 'role-remove': massButtons('role-remove', needs) };
  const ask: Ask = (run, named, spared) => made[run.kind as UndoableKind].ask(run, named, spared); // it is asked of no other
  const undo = KINDS.map((kind) =>
    defineComponent({
      ...MODERATES,
      ...undoButton(kind),
      ...needs,
      kind: 'button',
      updates: false,
      defer: 'private',
      run: ({ interaction, state }, context) => proposeUndo(state.run, interaction, ask, context),
    }),
  );
  return { ask, components: [...KINDS.flatMap((kind) => made[kind].components), ...undo] };
}

/** Shows what would take a run back from those to whom it was done, and nothing else was since with that role. */
async function proposeUndo(id: string, interaction: ButtonInteraction, ask: Ask, context: Context): Promise<Answer> {
  const run = await findRun(context.db, id);
  const kind = run && oppositeOf(run.kind);
  if (!run || !kind || run.guild !== interaction.guildId) throw new UserError('mass.undoGone');
  const { role = '' } = membersSpec(run);
  await refuseRole(interaction, { id: role }, context);
  const items = await standingIn(run, context);
  if (items.length === 0) throw new UserError('mass.undoNothing');
  const { language: locale } = await context.settings.of(run.guild, 'general');
  const reason = context.i18n.t('mass.undoReason', { who: run.actorName }, locale);
  return await propose(interaction, { kind, spec: { tell: false, role, reason } }, { items }, ask, context);
}

async function standingIn({ id }: MassRun, { db }: Context): Promise<readonly NewItem[]> {
  const items: NewItem[] = [];
  for await (const { target, name } of standingItems(db, id)) items.push({ target, name });
  return items;
}
