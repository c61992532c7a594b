import type { ButtonInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { findRun, type MassKind, type MassRun } from '../db/mass-runs.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { secondButton } from '../services/mass/buttons.ts';
import { startRun } from '../services/mass/runs.ts';
import { sayBegun, tellOfSecond } from '../services/mass/second.ts';
import { defineComponent, type Rules } from './define.ts';
import { MODERATES } from './moderate.ts';

/** How long after it was asked for somebody else may confirm a run. */
const WAITS_MS = 60 * 60_000;

/** The button by which somebody else who may use the command confirms what is too much for one. */
export function massSecond(kind: MassKind, needed: Required<Pick<Rules, 'needs'>>) {
  return defineComponent({
    ...MODERATES,
    ...secondButton(kind),
    ...needed,
    kind: 'button',
    updates: false,
    defer: 'private',
    run: ({ interaction, state }, context) => confirm(state.run, interaction, context),
  });
}

/** What whoever asked is told, once somebody else was asked to confirm it. */
export async function askSecond(run: MassRun, context: Context): Promise<Answer> {
  const channel = await tellOfSecond(run, context);
  if (channel === undefined) throw new UserError('mass.second.nowhere');
  return say('mass.second.asked', { channel: mention('channel', channel) }, { tone: 'warning' });
}

async function confirm(id: string, { user, guildId, message }: ButtonInteraction, context: Context): Promise<Answer> {
  const run = await findRun(context.db, id);
  if (!run || run.guild !== guildId) throw new UserError('mass.over');
  if (run.actor === user.id) throw new UserError('mass.second.own');
  if (context.now().getTime() - run.createdAt.getTime() > WAITS_MS) throw new UserError('mass.second.tooLate');
  const start = await startRun(run, context, user.id);
  if (start === 'before') throw new UserError('mass.begun');
  if (start !== 'begun') throw new UserError('mass.frozen', { who: mention('user', run.actor) });
  await sayBegun(run, { channel: message.channelId, message: message.id }, context);
  const who = { who: mention('user', run.actor), second: mention('user', user.id) };
  return say('mass.second.begun', { ...who, channel: mention('channel', run.channel) }, { tone: 'good' });
}
