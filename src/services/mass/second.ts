import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { countItems, type MassRun, openItems } from '../../db/mass-runs.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { clip, list, mention, t } from '../answers/words.ts';
import { channelRefusal } from '../timers/channel-refusal.ts';
import { hash, sendOnce } from '../timers/send-once.ts';
import { listId, secondId } from './buttons.ts';
import { listOf } from './report.ts';
import { membersSpec } from './spec.ts';

const NAMED = 10;
const LONGEST_SHOWN = 300;

/**
 * Asks for a second person to confirm a run: in the log, or where it was asked for. Says in which channel; nothing where the bot
 * may write in neither.
 */
export async function tellOfSecond(run: MassRun, context: Context): Promise<string | undefined> {
  const { settings, i18n, discord, log } = context;
  const { logChannel } = await settings.of(run.guild, 'logs');
  const { language: locale } = await settings.of(run.guild, 'general');
  const nonce = hash(`${run.id} second`, 16);
  for (const channel of new Set([...(logChannel ? [logChannel] : []), run.channel])) {
    const card = channel === logChannel ? await cardOf(run, context) : await publicCard(run, context);
    const { body, files } = toPayload(card, { i18n, locale });
    try {
      await sendOnce(discord.rest, channel, { body, files: [...files] }, { nonce, self: discord.user?.id ?? '' });
      return channel;
    } catch (error) {
      if (channelRefusal(error) === undefined) throw error;
      log.info({ error, run: run.id, guild: run.guild, channel }, 'nobody could be asked there to confirm a run');
    }
  }
  return undefined;
}

interface Where {
  readonly channel: string;
  readonly message: string;
}

/**
 * Has the message in which a run was to be confirmed say that it has begun, and no more: who wanted and confirmed it is for the log,
 * in which the run ends. That it cannot be written holds nothing up.
 */
export async function sayBegun(run: MassRun, { channel, message }: Where, context: Context): Promise<void> {
  const { settings, i18n, discord, db, log } = context;
  try {
    const { language: locale } = await settings.of(run.guild, 'general');
    const { body } = toPayload(await begunCard(run, db), { i18n, locale });
    await discord.rest.patch(Routes.channelMessage(channel, message), { body: { ...body, attachments: [] } });
  } catch (error) {
    log.info({ error, run: run.id, guild: run.guild }, 'it could not be said that a run was confirmed');
  }
}

async function begunCard(run: MassRun, db: Context['db']): Promise<Answer> {
  const { done, already, refused, open } = await countItems(db, run.id);
  return {
    tone: 'good',
    title: t(`mass.titles.${run.kind}`, { count: done + already + refused + open }),
    parts: [{ kind: 'text', text: t('mass.second.begunHere', { channel: mention('channel', run.channel) }) }],
  };
}

/** Who wants what done to whom is for those who may confirm it. */
async function publicCard(run: MassRun, { db, settings }: Context): Promise<Answer> {
  const { brakeMinutes } = await settings.of(run.guild, 'moderation');
  return {
    tone: 'warning',
    title: t(`mass.titles.${run.kind}`, { count: (await countItems(db, run.id)).open }),
    parts: [
      { kind: 'text', text: t('mass.second.whyHere', { count: brakeMinutes }) },
      {
        kind: 'buttons',
        buttons: [
          { label: t('mass.second.confirm'), style: 'danger', customId: secondId(run) },
          { label: t('mass.list'), customId: listId(run.kind, run.id) },
        ],
      },
    ],
    next: t('mass.second.nextHere'),
  };
}

async function cardOf(run: MassRun, context: Context): Promise<Answer> {
  const { open } = await countItems(context.db, run.id);
  const first = await openItems(context.db, run.id, NAMED);
  const { reason, role } = membersSpec(run);
  const { brakeMinutes } = await context.settings.of(run.guild, 'moderation');
  return {
    tone: 'warning',
    title: t(`mass.titles.${run.kind}`, { count: open }),
    parts: [
      { kind: 'text', text: t('mass.second.why', { who: mention('user', run.actor), count: brakeMinutes }) },
      ...(reason === undefined
        ? []
        : [{ kind: 'text', text: t('mass.second.reason', { reason: clip(reason, LONGEST_SHOWN) }) } as const]),
      ...(role === undefined ? [] : [{ kind: 'text', text: t('mass.role', { role: mention('role', role) }) } as const]),
      { kind: 'text', text: list(first.map(({ target }) => mention('user', target))) },
      ...(open > NAMED ? [{ kind: 'small', text: t('mass.preview.more', { count: open - NAMED }) } as const] : []),
      {
        kind: 'buttons',
        buttons: [{ label: t('mass.second.confirm'), style: 'danger', customId: secondId(run) }],
      },
    ],
    next: t('mass.second.next'),
    files: [await listOf(run, context)],
  };
}
