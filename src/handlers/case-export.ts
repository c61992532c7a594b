import { Type } from '@sinclair/typebox';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import type { CaseFilter } from '../db/case-list.ts';
import { withDeadline } from '../lib/deadline.ts';
import { CancelledError } from '../lib/runs.ts';
import { type Answer, type Attached, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t } from '../services/answers/words.ts';
import { tellOwners, tellServerLog } from '../services/logs/server-log.ts';
import type { Sought } from '../services/moderation/case-filter.ts';
import { type ExportFormat, exportFiles } from '../services/moderation/export.ts';
import { exportCard } from '../services/moderation/export-card.ts';
import { isAbove } from '../services/permissions/above.ts';
import { CASE_RULES } from './case-pages.ts';
import { type Asked, defineComponent } from './define.ts';
import { inTurn } from './export-turns.ts';
import { nowAndThen } from './now-and-then.ts';

/** Fewer are not packed: they can be opened as they are. */
const PACKED_FROM = 5_000;

/** The button under an export that is under way. */
export const cancelExport = defineComponent({
  ...CASE_RULES,
  kind: 'button',
  id: 'case.export.cancel',
  version: 1,
  state: Type.Object({ run: Type.String() }),
  run({ interaction, state }, { moderation }) {
    const outcome = moderation.exports.cancel(state.run, interaction.user.id);
    if (outcome === 'not yours') throw new UserError('errors.notYours');
    if (outcome === 'gone') throw new UserError('cases.export.cancelTooLate');
    return undefined; // the export itself says that it was cancelled
  },
});

interface Export {
  readonly asked: Asked<ChatInputCommandInteraction>;
  readonly sought: Sought;
  readonly filter: CaseFilter;
  readonly format: ExportFormat;
  readonly count: number;
}

/** Tells the log, and hands the cases over: in the answer, or in messages beside it where one file does not hold them. */
export async function exportCases(wanted: Export, context: Context): Promise<Answer> {
  const { asked, count } = wanted;
  using run = context.moderation.exports.begin(asked.interaction.user.id);
  const signal = AbortSignal.any([asked.signal, run.signal]);
  const progress: Progress = { run: run.id, cases: undefined, count };
  using _telling = nowAndThen(() => asked.answer(progressCard(progress)), signal, context);
  const work = async () => {
    signal.throwIfAborted();
    progress.cases = 0;
    await tellLog(wanted, context);
    return await handOver(wanted, { progress, signal }, context);
  };
  try {
    // Whoever gives up does not wait for their turn.
    return await withDeadline('exporting cases', () => inTurn(asked.interaction.guildId ?? '0', work), { signal });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return say('cases.export.cancelled');
  }
}

async function tellLog({ asked: { interaction }, sought, format }: Export, context: Context): Promise<void> {
  const { user, guildId } = interaction;
  const guild = guildId ?? '0';
  context.log.info({ guild, by: user.id, format, sought }, 'cases are exported');
  try {
    const card = exportCard({ by: user, sought, format }, context);
    if ((await tellServerLog(context, guild, card)) || (await tellOwners(context, guild, card))) return;
  } catch (cause) {
    const { logChannel, ownersChannel } = await context.settings.of(guild, 'logs');
    const channel = mention('channel', logChannel ?? ownersChannel ?? '0');
    throw new UserError('cases.export.logGone', { channel }, { cause });
  }
  // What is hidden is handed out only where somebody else can see that it was.
  if (sought.hidden && !isAbove(guild, user.id, context)) throw new UserError('cases.export.hiddenUnseen');
}

interface Going {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function handOver(
  { asked, filter, format, count }: Export,
  { progress, signal }: Going,
  context: Context,
): Promise<Answer> {
  const packed = count > PACKED_FROM;
  const onWritten = (more: number) => {
    progress.cases = (progress.cases ?? 0) + more;
  };
  const named = (bytes: Uint8Array, at: string): Attached => ({
    name: `cases${at}.${format}${packed ? '.gz' : ''}`,
    bytes,
  });
  let sent = 0;
  const send = async (bytes: Uint8Array) => {
    sent += 1;
    // Not beside an answer that is yet to come: it would be taken for that.
    if (sent === 1) await asked.answer(progressCard(progress));
    await asked.beside({ ...say('cases.export.file', { number: sent }), files: [named(bytes, `-${sent}`)] });
  };
  let last: Uint8Array | undefined;
  const files = exportFiles({ filter, format, packed, reader: asked.reader, signal, onWritten }, context);
  for await (const bytes of files) {
    if (last) await send(last);
    signal.throwIfAborted();
    last = bytes;
  }
  const cases = progress.cases ?? 0;
  const next = t(`cases.export.next.${format}`);
  if (!last) throw new UserError('cases.none'); // hidden or gone meanwhile
  if (sent === 0)
    return { ...say('cases.export.done', { count: cases }, { tone: 'good', next }), files: [named(last, '')] };
  await send(last);
  return say('cases.export.doneInFiles', { count: cases, files: sent }, { tone: 'good', next });
}

interface Progress {
  readonly run: string;
  /** Nothing while others have their turn. */
  cases: number | undefined;
  readonly count: number;
}

function progressCard({ run, cases, count }: Progress): Answer {
  const text = cases === undefined ? t('cases.export.waiting') : t('cases.export.progress', { done: cases, count });
  const button = {
    label: t('cases.export.cancel'),
    customId: cancelExport.customId({ run }),
    style: 'danger',
  } as const;
  return {
    tone: 'info',
    interim: true,
    parts: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button] },
    ],
  };
}
