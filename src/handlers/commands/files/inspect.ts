import { Type } from '@sinclair/typebox';
import type { BaseInteraction, Message } from 'discord.js';
import type { Context } from '../../../context.ts';
import { inspectedFile } from '../../../db/inspections.ts';
import { delay } from '../../../lib/deadline.ts';
import { sizeText } from '../../../lib/size-text.ts';
import { type Answer, say } from '../../../services/answers/answer.ts';
import { uploadLimitOf } from '../../../services/answers/upload-limit.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { list, t } from '../../../services/answers/words.ts';
import { cardOf } from '../../../services/inspector/card.ts';
import type { Attached, Verdict } from '../../../services/inspector/inspector.ts';
import { limitsOf } from '../../../services/inspector/limits.ts';
import { filesOf, messageOfLink } from '../../../services/inspector/message-files.ts';
import { CancelledError } from '../../../services/inspector/runs.ts';
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
    const size = download.maxBytes; // its own is not remembered
    using fetched = await inspector.fetch({ size, url: file.url }, { download, signal });
    const { bytes, sha256 } = fetched;
    const task = () => workers.offload('stripMetadata', { bytes }, { signal, transfer: [bytes.buffer] });
    const copy = await inspector.safely([{ sha256, name: file.name }], task);
    const limit = uploadLimitOf(interaction.guild);
    if (copy.bytes.length > limit)
      throw new UserError('inspect.strip.tooLarge', { size: sizeText(copy.bytes.length), limit: sizeText(limit) });
    const files = [{ name: `clean-${file.name}`, bytes: copy.bytes }];
    return { tone: 'good', parts: [{ kind: 'text', text: t('inspect.strip.done') }], files };
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
  components: [cancel, strip, deleteLeak],
  menus: [menu],
  async run(asked, context) {
    const { file, message } = asked.options;
    if (file && message !== undefined) throw new UserError('inspect.refused.bothGiven');
    if (file) return inspectAll([file], asked, context, () => Promise.resolve());
    if (message !== undefined) return inspectMessage(await messageOfLink(message, asked.interaction), asked, context);
    throw new UserError('inspect.refused.nothingGiven');
  },
});

/** The files of a message; whoever wrote it is warned, and they alone, of secrets in them. */
function inspectMessage(message: Message, asked: Asked<BaseInteraction>, context: Context): Promise<Answer> {
  return inspectAll(filesOf(message), asked, context, async ({ file, report: { secrets } }) => {
    if (secrets.length > 0 && !message.author.bot) await warnOfSecrets(message, { file: file.name, secrets }, context);
  });
}

/** One card a file; a file that cannot be opened is said so on its own card, and the others are shown. */
async function inspectAll(
  files: readonly Attached[],
  asked: Asked<BaseInteraction>,
  context: Context,
  onVerdict: (verdict: Verdict) => Promise<void>,
): Promise<Answer> {
  const { interaction } = asked;
  using run = context.inspector.runs.begin(interaction.user.id);
  const signal = AbortSignal.any([asked.signal, run.signal]);
  const limits = limitsOf(await context.settings.of(interaction.guildId ?? '0', 'files'), context.config);
  const inspecting = { ...limits, askedBy: interaction.user.id, signal };
  const done: Verdict[] = [];
  const shown = files.slice(0, MOST_FILES);
  const cards = Promise.all(
    shown.map(async (file): Promise<Answer> => {
      try {
        const verdict = await context.inspector.inspect(file, inspecting);
        done.push(verdict);
        await onVerdict(verdict);
        return withStrip(cardOf(verdict), verdict);
      } catch (error) {
        if (!(error instanceof UserError) || shown.length === 1) throw error;
        return { tone: 'warning', title: file.name, parts: [{ kind: 'text', text: error.said }] };
      }
    }),
  );
  using _progress = progress(() => asked.answer(progressOf(shown.length, done.length, run.id)), signal, context);
  try {
    const [first, ...others] = await cards;
    const left = files.length - shown.length;
    if (!first) throw new UserError('inspect.refused.noFiles');
    return { ...first, also: others, ...(left > 0 && { next: t('inspect.filesLeft', { count: left }) }) };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const names = list(shown.map(({ name }) => name));
    return say('inspect.cancelled', { names });
  }
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
