import { DiscordAPIError } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { type Counts, countItems, type MassRun, placeRun } from '../../db/mass-runs.ts';
import type { Answer, Attached, Button } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { mention, type Said, t, type Words } from '../answers/words.ts';
import type { Outgoing } from '../timers/send-once.ts';
import { cancelId, undoId } from './buttons.ts';
import { membersSpec } from './spec.ts';

/** Discord takes five edits in five seconds, and nobody reads faster. */
const EVERY_MS = 2_000;

/** How a run ended; `why` where it was stopped. */
export interface Ended {
  readonly why: Said | undefined;
  readonly files?: readonly Attached[];
}

interface Telling {
  readonly run: MassRun;
  readonly send: (channel: string, message: Outgoing) => Promise<{ readonly id: string }>;
  readonly context: Context;
}

/** The message in which a run says how far it is. That it cannot be written or is deleted holds nothing up. */
export class Progress {
  readonly #telling: Telling;
  #message: string | null;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(telling: Telling) {
    this.#telling = telling;
    this.#message = telling.run.message;
  }

  /** Says how far it is, unless it has just done so. */
  async show(): Promise<void> {
    if (performance.now() - this.#lastAt < EVERY_MS) return;
    this.#lastAt = performance.now();
    await this.#write(undefined);
  }

  async end(ended: Ended): Promise<void> {
    await this.#write(ended);
  }

  async #write(ended: Ended | undefined): Promise<void> {
    const { run, send, context } = this.#telling;
    const { discord, db, i18n, settings, log } = context;
    const { language } = await settings.of(run.guild, 'general');
    const counts = await countItems(db, run.id);
    const as = (card: Answer) => toPayload(card, { i18n, locale: language });
    try {
      if (this.#message === null) {
        const first = as(runCard(run, counts, undefined));
        const { id } = await send(run.channel, { body: first.body });
        this.#message = id;
        await placeRun(db, run.id, id);
        if (ended === undefined) return;
      }
      const { body, files } = as(runCard(run, counts, ended));
      await discord.rest.patch(Routes.channelMessage(run.channel, this.#message), { body, files: [...files] });
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      log.info({ error, run: run.id, guild: run.guild }, 'a run could not say how far it is');
    }
  }
}

/** A run as it stands or ended. */
export function runCard(run: MassRun, { done, already, refused, open }: Counts, ended: Ended | undefined): Answer {
  const all = done + already + refused + open;
  const figures = [
    t('mass.figures.done', { count: done }),
    ...(already > 0 ? [t('mass.figures.already', { count: already })] : []),
    ...(refused > 0 ? [t('mass.figures.refused', { count: refused })] : []),
    ...(open > 0 ? [t(ended ? 'mass.figures.untried' : 'mass.figures.open', { count: open })] : []),
  ];
  const stopped = ended !== undefined && ended.why !== undefined;
  const buttons = ended ? (done > 0 ? undoButtonOf(run) : []) : [stopButton(run)];
  const role = run.kind === 'purge' ? undefined : membersSpec(run).role;
  return {
    tone: stopped || refused > 0 ? 'warning' : ended ? 'good' : 'info',
    title: t(`mass.titles.${run.kind}`, { count: all }),
    parts: [
      { kind: 'small', text: byWords(run) },
      ...(role === undefined ? [] : [{ kind: 'text', text: t('mass.role', { role: mention('role', role) }) } as const]),
      ...(ended?.why ? [{ kind: 'text', text: t('mass.stopped', { why: ended.why }) } as const] : []),
      { kind: 'lines', lines: figures },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
    ],
    ...(ended?.files && { files: ended.files }),
  };
}

function stopButton(run: MassRun): Button {
  return { label: t('mass.cancel'), style: 'danger', customId: cancelId(run) };
}

function undoButtonOf({ kind, id }: MassRun): readonly Button[] {
  if (kind !== 'role-add' && kind !== 'role-remove') return [];
  return [{ label: t('mass.undo'), customId: undoId(kind, id) }];
}

function byWords({ actor, secondedBy }: MassRun): Words {
  if (secondedBy === null) return t('mass.by', { who: mention('user', actor) });
  return t('mass.byTwo', { who: mention('user', actor), second: mention('user', secondedBy) });
}
