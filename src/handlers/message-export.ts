import { Type } from '@sinclair/typebox';
import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { withDeadline } from '../lib/deadline.ts';
import { CancelledError } from '../lib/runs.ts';
import { type Answer, type Attached, say } from '../services/answers/answer.ts';
import { uploadLimitOf } from '../services/answers/upload-limit.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t } from '../services/answers/words.ts';
import { messageExportCard } from '../services/exports/export-card.ts';
import {
  type Exported,
  exportMessages,
  type MessageExport,
  removeFiles,
  takeFile,
} from '../services/exports/export-messages.ts';
import { surviving } from '../services/exports/going-on.ts';
import { allowedOf, type ExportRequest } from '../services/exports/request.ts';
import { tellOwners, tellServerLog } from '../services/logs/server-log.ts';
import { memberNow } from '../services/moderation/members.ts';
import { type Asked, defineComponent, type Rules } from './define.ts';
import { inTurn } from './export-turns.ts';
import { nowAndThen } from './now-and-then.ts';

export const EXPORT_RULES = {
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
} as const satisfies Rules;

/** The button under an export that is under way. */
export const cancelMessageExport = defineComponent({
  ...EXPORT_RULES,
  kind: 'button',
  id: 'export.cancel',
  version: 1,
  state: Type.Object({ run: Type.String() }),
  run({ interaction, state }, { moderation }) {
    const outcome = moderation.exports.cancel(state.run, interaction.user.id);
    if (outcome === 'not yours') throw new UserError('errors.notYours');
    if (outcome === 'gone') throw new UserError('cases.export.cancelTooLate');
    return undefined; // the export itself says that it was cancelled
  },
});

export interface Wanted extends Pick<MessageExport, 'filter' | 'format' | 'packing' | 'channels'> {
  readonly asked: Asked<ChatInputCommandInteraction>;
  readonly request: ExportRequest;
  /** Whether the files stay on the machine of who runs the bot. */
  readonly folder: boolean;
}

/** Tells the log, and hands the files over: in the answer, in messages beside it, or in the folder of who runs the bot. */
export async function handOverMessages(wanted: Wanted, context: Context): Promise<Answer> {
  const { asked } = wanted;
  using run = context.moderation.exports.begin(asked.interaction.user.id);
  const signal = AbortSignal.any([asked.signal, run.signal]);
  const guild = asked.interaction.guildId ?? '0';
  const progress: Progress = { run: run.id, rows: undefined };
  using _telling = nowAndThen(() => asked.answer(progressCard(progress)), signal, context);
  const work = async () => {
    signal.throwIfAborted();
    progress.rows = 0;
    await tellLog(wanted, context);
    const going = () => exportAndSend(wanted, { progress, signal }, context);
    const { request, folder } = wanted;
    const asking = { request, owner: asked.interaction.user.id, guild, locale: asked.reader.locale, signal };
    return folder ? await going() : await surviving(asking, going, context);
  };
  const whenItsTurn = () => inTurn(guild, work);
  try {
    // Whoever gives up does not wait for their turn.
    return await withDeadline('exporting messages', whenItsTurn, { signal });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return say('exports.cancelled');
  }
}

async function tellLog({ asked: { interaction }, request }: Wanted, context: Context): Promise<void> {
  const { user, guildId } = interaction;
  const guild = guildId ?? '0';
  context.log.info({ guild, by: user.id, request }, 'messages are exported');
  try {
    const card = messageExportCard(user, request);
    if (!(await tellServerLog(context, guild, card))) await tellOwners(context, guild, card);
  } catch (cause) {
    const { logChannel, ownersChannel } = await context.settings.of(guild, 'logs');
    const channel = mention('channel', logChannel ?? ownersChannel ?? '0');
    throw new UserError('cases.export.logGone', { channel }, { cause });
  }
}

interface Going {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function exportAndSend(wanted: Wanted, { progress, signal }: Going, context: Context): Promise<Answer> {
  const { asked, folder } = wanted;
  const { guild } = asked.interaction;
  const exported = await exportMessages(
    {
      ...wanted,
      reader: asked.reader,
      place: folder ? { kind: 'folder' } : { kind: 'discord', uploadBytes: uploadLimitOf(guild) },
      signal,
      onRows(rows) {
        progress.rows = rows;
      },
    },
    context,
  );
  const { rows, files } = exported;
  try {
    await mustStillRead(wanted, context);
  } catch (error) {
    await removeFiles(files);
    throw error;
  }
  if (rows === 0) throw new UserError('exports.none');
  if (folder) {
    const params = { count: rows, files: files.length, path: files[0]?.path ?? '' };
    return say('exports.inFolder', params, { tone: 'good' });
  }
  try {
    return await send(exported, wanted, { progress, signal });
  } finally {
    await removeFiles(files);
  }
}

/** Minutes may lie between the asking and the files: whoever may read less by then gets none. */
async function mustStillRead({ asked: { interaction }, request, filter }: Wanted, context: Context): Promise<void> {
  const { guild, user } = interaction;
  const member = guild && (await memberNow(guild, user.id));
  const now = member ? await allowedOf(request, member, context) : undefined;
  const still = new Set(now?.filter.channels);
  if (!(filter.channels ?? []).every((id) => still.has(id))) throw new UserError('exports.nothingReadable');
}

async function send(
  { rows, files }: Exported,
  { asked, format }: Wanted,
  { progress, signal }: Going,
): Promise<Answer> {
  const next = t(`exports.next.${format}`);
  const [only, ...others] = files;
  if (only && others.length === 0) {
    const answer = say('exports.done', { count: rows }, { tone: 'good', next });
    return { ...answer, files: [await attached(only)] };
  }
  // Not beside an answer that is yet to come: it would be taken for that.
  await asked.answer(progressCard({ ...progress, rows }));
  for (const file of files) {
    signal.throwIfAborted();
    await asked.beside({ ...say('cases.export.file', { number: file.number }), files: [await attached(file)] });
  }
  return say('exports.doneInFiles', { count: rows, files: files.length }, { tone: 'good', next });
}

async function attached(file: Exported['files'][number]): Promise<Attached> {
  return { name: file.path.replace(/^.*[/\\]/, ''), bytes: await takeFile(file) };
}

interface Progress {
  readonly run: string;
  /** Nothing while others have their turn. */
  rows: number | undefined;
}

function progressCard({ run, rows }: Progress): Answer {
  const text = rows === undefined ? t('cases.export.waiting') : t('exports.progress', { done: rows });
  const button = {
    label: t('cases.export.cancel'),
    customId: cancelMessageExport.customId({ run }),
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
