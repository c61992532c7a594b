import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import type { When } from '../lib/time/parse.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t, type Words } from '../services/answers/words.ts';
import { ReminderPayload } from '../services/reminders/message.ts';
import type { Timer } from '../services/timers/timers.ts';
import { dueOf, PackedWhen, packWhen, unpackWhen, whenOf } from '../services/timers/when.ts';
import { defineComponent } from './define.ts';
import { defineDraft } from './draft.ts';
import { isPlain, whenFields } from './when-option.ts';

const KIND = 'reminder';
/** For everything about reminders: they are each person's own, and work in direct messages as well. */
export const REMINDER_RULES = { where: 'anywhere', visible: 'private' } as const;
const LEAST_MINUTES_IN_CHANNEL = 60;
const Id = Type.String({ pattern: '^\\d{1,20}$' });

const Draft = Type.Object({
  /** The reminder that is to be changed; a new one without. */
  timer: Type.Optional(Id),
  payload: ReminderPayload,
  when: PackedWhen,
  guild: Type.Optional(Id),
  channel: Type.Optional(Id),
});

/** What somebody wants to be reminded of. `timer` is the one that is to be changed; a new one without. */
export interface Wanted {
  readonly timer?: string;
  readonly payload: ReminderPayload;
  readonly when: When;
  /** As it was typed, where how it is read was suggested meanwhile. */
  readonly typed?: string;
  readonly guild?: string | undefined;
  readonly channel?: string | undefined;
}

/** Keeps it when it is plain what it means; else shows it first, with a button that keeps it. */
export async function setReminder(asked: Wanted, owner: string, context: Context): Promise<Answer> {
  const wanted = unlessCrowding(asked);
  if (isPlain(wanted.when, wanted.typed, context.now())) return store(wanted, owner, context);
  const shown = {
    title: t('remind.confirm'),
    parts: [{ kind: 'fields', fields: fieldsOf(wanted) }],
    yes: t('remind.yes'),
  } as const;
  return reminderDraft.ask(bodyOf(wanted), owner, shown, context);
}

/** Changes what a reminder says and where it goes; its time is `when` already, and stays. */
export async function changeReminder(
  { timer, ...wanted }: Wanted & { readonly timer: string },
  owner: string,
  context: Context,
): Promise<Answer> {
  const { payload, ...place } = unlessCrowding(wanted);
  const changed = await context.timers.edit({ id: timer, kind: KIND, owner }, { payload, place: placeIn(place) });
  if (!changed) throw new UserError('remind.noSuch');
  return reminderCard(changed, t('remind.changed'));
}

/** Where a reminder goes: by direct message, or here if whoever asks may write here. The channel is what it falls back to. */
export function placeOf(
  { channel, channelId, guildId, memberPermissions, appPermissions }: BaseInteraction,
  where: ReminderPayload['where'],
): Pick<Wanted, 'guild' | 'channel'> & Pick<ReminderPayload, 'where'> {
  if (guildId === null || channelId === null) return { where: 'dm', guild: undefined, channel: undefined };
  const write = channel?.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  const theyMay = memberPermissions?.has(write) ?? false;
  const iMay = appPermissions.has(write | PermissionFlagsBits.ViewChannel);
  if (where === 'channel' && !theyMay) throw new UserError('remind.cannotWrite');
  const iRead = appPermissions.has(PermissionFlagsBits.ReadMessageHistory);
  if (where === 'channel' && !iMay) throw new UserError('remind.botCannotWrite');
  if (where === 'channel' && !iRead) throw new UserError('remind.botCannotRead');
  return { where, guild: guildId, channel: theyMay && iMay && iRead ? channelId : undefined };
}

/** A reminder as its owner sees it. */
export function reminderCard(timer: Timer, title: Words, tone: Answer['tone'] = 'good'): Answer {
  const { payload, channel } = timer;
  if (!Value.Check(ReminderPayload, payload)) throw new UserError('remind.noSuch');
  const fields = fieldsOf({ payload, when: whenOf(timer), channel: channel ?? undefined });
  return { tone, title, parts: [{ kind: 'fields', fields }] };
}

export const reminderDraft = defineDraft({
  ...REMINDER_RULES,
  id: 'remind',
  schema: Draft,
  store: ({ when, ...draft }, owner, context) => store({ ...draft, when: unpackWhen(when) }, owner, context),
});

export const undoReminder = defineComponent({
  ...REMINDER_RULES,
  kind: 'button',
  id: 'remind.undo',
  version: 1,
  state: Type.Object({ timer: Id }),
  async run({ interaction: { user }, state: { timer } }, { timers }) {
    const known = await timers.remove({ id: timer, kind: KIND, owner: user.id });
    return say(known ? 'remind.deleted' : 'remind.noSuch');
  },
});

async function store(wanted: Wanted, owner: string, context: Context): Promise<Answer> {
  const { timer, payload, when, guild, channel } = wanted;
  const due = dueOf(when);
  if (when.kind === 'once' && when.at <= context.now()) throw new UserError('time.over');
  const stored =
    timer === undefined
      ? await context.timers.add({ ...due, kind: KIND, owner, guild, channel, payload })
      : await context.timers.edit({ id: timer, kind: KIND, owner }, { payload, place: placeIn(wanted), when: due });
  if (!stored) throw new UserError('remind.noSuch');
  const card = reminderCard(stored, t(timer === undefined ? 'remind.stored' : 'remind.changed'));
  const undo = { label: t('remind.undo'), customId: undoReminder.customId({ timer: stored.id }) };
  return { ...card, parts: [...card.parts, { kind: 'buttons', buttons: [undo] }] };
}

/** Nobody fills a channel through the bot: what comes often is for its owner alone, and has no channel to fall back to. */
function unlessCrowding(wanted: Wanted): Wanted {
  const { payload, when } = wanted;
  const often =
    when.kind === 'repeat' &&
    when.recurrence.rule.kind === 'interval' &&
    when.recurrence.rule.minutes < LEAST_MINUTES_IN_CHANNEL;
  if (!often) return wanted;
  if (payload.where === 'channel') throw new UserError('remind.tooOftenHere');
  return { ...wanted, channel: undefined };
}

function placeIn({ guild, channel }: Pick<Wanted, 'guild' | 'channel'>) {
  return { guild: guild ?? null, channel: channel ?? null };
}

function fieldsOf({ payload, when, channel }: Pick<Wanted, 'payload' | 'when' | 'channel'>) {
  const { text, link, where } = payload;
  const here = where === 'channel' && channel !== undefined;
  const fields: (readonly [Words, Words])[] = [
    [t('remind.about'), text],
    ...whenFields(when),
    [t('remind.where'), here ? mention('channel', channel) : t('remind.byDm')],
    ...(link === undefined ? [] : [[t('remind.message'), { markup: link }] as const]),
  ];
  return fields;
}

function bodyOf({ timer, payload, when, guild, channel }: Wanted): Static<typeof Draft> {
  const place = { ...(guild !== undefined && { guild }), ...(channel !== undefined && { channel }) };
  return { payload: { ...payload }, when: packWhen(when), ...place, ...(timer !== undefined && { timer }) };
}
