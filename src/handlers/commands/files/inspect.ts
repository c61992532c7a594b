import { Type } from '@sinclair/typebox';
import type { BaseInteraction, Message } from 'discord.js';
import type { Context } from '../../../context.ts';
import { inspectedFile } from '../../../db/inspections.ts';
import { delay } from '../../../lib/deadline.ts';
import { CancelledError } from '../../../lib/runs.ts';
import { type Answer, say, type Visible } from '../../../services/answers/answer.ts';
import { uploadLimitOf } from '../../../services/answers/upload-limit.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { list, size, t } from '../../../services/answers/words.ts';
import { cardOf } from '../../../services/inspector/card.ts';
import type { Attached, Verdict } from '../../../services/inspector/inspector.ts';
import { limitsOf } from '../../../services/inspector/limits.ts';
import { filesOf, messageOfLink } from '../../../services/inspector/message-files.ts';
import { shownName } from '../../../services/inspector/shown-name.ts';
import { maskSecrets } from '../../../workers/inspect/secrets.ts';
import { type Asked, defineCommand, defineComponent, defineMessageMenu } from '../../define.ts';
import { attachment, text } from '../../options.ts';
import { deleteLeak, warnOfSecrets } from '../../secret-warning.ts';

const RULES = { deadlineMs: 90_000, cooldown: { uses: 4, seconds: 10 } } as const;
/** Cards in one answer: Discord takes 40 components a message. */
const MOST_FILES = 4;
/** Who waits longer than this is told how far it is. Milliseconds. */
const PROGRESS_AFTER_MS = 2_500;

const cancel = defineComponent({
  kind: 'button',
  id: 'inspect.cancel',
  version: 1,
  state: Type.Object({ run: Type.String() }),
  run({ interaction, state }, { inspector }) {
    const outcome = inspector.runs.cancel(state.run, interaction.user.id);
    if (outcome === 'not yours') throw new UserError('errors.notYours');
    if (outcome === 'gone') throw new UserError('inspect.cancelTooLate');
    return undefined; // the inspection itself says that it was cancelled
  },
});

/** Gives back a picture without what its camera wrote into it: place, time, device. */
const strip = defineComponent({
  kind: 'button',
  id: 'inspect.strip',
  version: 1,
  state: Type.Object({ file: Type.String({ pattern: '^\\d{1,19}$' }) }),
  visible: 'private',
  updates: false,
  deadlineMs: 60_000,
  async run({ interaction, state, signal }, { config, db, inspector, now, settings, workers }) {
    const file = await inspectedFile(db, state.file, now());
    if (!file) throw new UserError('inspect.strip.gone');
    const { download } = limitsOf(await settings.of(interaction.guildId ?? '0', 'files'), config);
    // Its own is not remembered.
    using fetched = await inspector.fetch({ size: download.maxBytes, url: file.url }, { download, signal });
    const { bytes, sha256 } = fetched;
    const task = () => workers.offload('stripMetadata', { bytes }, { signal, transfer: [bytes.buffer] });
    const copy = await inspector.safely([{ sha256, name: file.name }], task);
    const limit = uploadLimitOf(interaction.guild);
    if (copy.bytes.length > limit)
      throw new UserError('inspect.strip.tooLarge', { size: size(copy.bytes.length), limit: size(limit) });
    const files = [{ name: `clean-${maskSecrets(file.name).text}`, bytes: copy.bytes }];
    return { tone: 'good', parts: [{ kind: 'text', text: t('inspect.strip.done') }], files };
  },
});

const Id = Type.String({ pattern: '^\\d{17,20}$' });

/** Goes on with the files of a message that had no room in the answer before. */
const more = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'inspect.more',
  version: 1,
  state: Type.Object({ channel: Id, message: Id, from: Type.Integer({ minimum: 1, maximum: 100 }) }),
  visible: 'private',
  updates: false,
  async run(asked, context) {
    const { interaction, state } = asked;
    const link = `https://discord.com/channels/${interaction.guildId}/${state.channel}/${state.message}`;
    return inspectMessage(await messageOfLink(link, interaction), asked, context, state.from);
  },
});

const menu = defineMessageMenu({
  ...RULES,
  id: 'inspect-files',
  visible: 'private',
  run: (asked, context) => inspectMessage(asked.interaction.targetMessage, asked, context),
});

/** Says what is in a file: fetched by the I/O thread, opened in a worker, never on the main thread. */
export default defineCommand({
  ...RULES,
  options: { file: attachment({ optional: true }), message: text({ optional: true, max: 200 }) },
  components: [cancel, strip, more, deleteLeak],
  menus: [menu],
  async run(asked, context) {
    const { file, message } = asked.options;
    if (file && message !== undefined) throw new UserError('inspect.refused.bothGiven');
    if (file) return inspectAll([file], asked, context, { onVerdict: () => Promise.resolve() });
    if (message !== undefined) return inspectMessage(await messageOfLink(message, asked.interaction), asked, context);
    throw new UserError('inspect.refused.nothingGiven');
  },
});

/** The files of a message; whoever wrote it is warned, and they alone, of secrets in them. */
async function inspectMessage(
  message: Message,
  asked: Asked<BaseInteraction>,
  context: Context,
  from = 0,
): Promise<Answer> {
  const all = filesOf(message);
  const files = all.slice(from, from + MOST_FILES);
  const answer = await inspectAll(files, asked, context, {
    // What is told of a file is for those who may read where it is.
    visible: message.channelId === asked.interaction.channelId ? undefined : 'private',
    async onVerdict({ file, report: { secrets } }) {
      if (secrets.length > 0 && !message.author.bot)
        await warnOfSecrets(message, { file: file.name, secrets }, context);
    },
  });
  const next = from + files.length;
  return next < all.length ? withMore(answer, message, { next, left: all.length - next }) : answer;
}

interface Inspecting {
  readonly onVerdict: (verdict: Verdict) => Promise<void>;
  /** Who sees the answer; what the command says unless set. */
  readonly visible?: Visible | undefined;
}

/** One card a file, at most four; a file that cannot be opened is said so on its own card, and the others are shown. */
async function inspectAll(
  files: readonly Attached[],
  asked: Asked<BaseInteraction>,
  context: Context,
  { onVerdict, visible }: Inspecting,
): Promise<Answer> {
  const { interaction } = asked;
  using run = context.inspector.runs.begin(interaction.user.id);
  const signal = AbortSignal.any([asked.signal, run.signal]);
  const limits = limitsOf(await context.settings.of(interaction.guildId ?? '0', 'files'), context.config);
  const inspecting = { ...limits, askedBy: interaction.user.id, signal };
  const done: Verdict[] = [];
  const seenBy = visible && { visible };
  const cards = Promise.all(
    files.map(async (file): Promise<Answer> => {
      try {
        const verdict = await context.inspector.inspect(file, inspecting);
        done.push(verdict);
        await onVerdict(verdict);
        return withStrip(cardOf(verdict), verdict);
      } catch (error) {
        if (!(error instanceof UserError) || files.length === 1) throw error;
        return { tone: 'warning', title: shownName(file.name), parts: [{ kind: 'text', text: error.said }] };
      }
    }),
  );
  using _progress = progress(
    () => asked.answer({ ...progressOf(files.length, done.length, run.id), ...seenBy }),
    signal,
    context,
  );
  try {
    const [first, ...others] = await cards;
    if (!first) throw new UserError('inspect.refused.noFiles');
    return { ...first, also: others, ...seenBy };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const names = list(files.map(({ name }) => name));
    return say('inspect.cancelled', { names }, { ...seenBy });
  }
}

/** A button under the last card that goes on with the files that are left. */
function withMore(
  answer: Answer,
  { channelId: channel, id: message }: Message,
  { next, left }: { readonly next: number; readonly left: number },
): Answer {
  const label = t('inspect.filesLeft', { count: left });
  const button = { label, customId: more.customId({ channel, message, from: next }) };
  const part = { kind: 'buttons', buttons: [button] } as const;
  const last = answer.also?.at(-1);
  if (!last) return { ...answer, parts: [...answer.parts, part] };
  return { ...answer, also: [...(answer.also ?? []).slice(0, -1), { ...last, parts: [...last.parts, part] }] };
}

/** Where metadata can be left out, a button that does it. */
function withStrip(card: Answer, { id, report }: Verdict): Answer {
  if (!report.strippable) return card;
  const button = { label: t('inspect.strip.button'), customId: strip.customId({ file: id }) };
  return { ...card, parts: [...card.parts, { kind: 'buttons', buttons: [button] }] };
}

/** Tells how far it is once somebody has waited a while. */
function progress(tell: () => Promise<void>, signal: AbortSignal, { log }: Context): Disposable {
  const stop = new AbortController();
  delay(PROGRESS_AFTER_MS, { signal: AbortSignal.any([stop.signal, signal]) }).then(
    () => tell().catch((error: unknown) => log.debug({ error }, 'progress could not be shown')),
    () => undefined, // it was done before
  );
  return { [Symbol.dispose]: () => stop.abort() };
}

function progressOf(all: number, done: number, run: string): Answer {
  return {
    tone: 'info',
    interim: true,
    parts: [
      { kind: 'text', text: t('inspect.progress', { done, all }) },
      {
        kind: 'buttons',
        buttons: [{ label: t('inspect.cancel'), customId: cancel.customId({ run }), style: 'danger' }],
      },
    ],
  };
}
