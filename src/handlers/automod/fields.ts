import { ChannelType } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { sayDuration } from '../../lib/time/say.ts';
import { t } from '../../services/answers/words.ts';
import { LONGEST_DURATION } from '../duration-option.ts';
import type { AnyField } from '../form.ts';
import { type FieldId, labelOf } from './entered.ts';

/** What one menu of a form takes. */
const MOST_PICKED = 25;
const LONGEST_LIST = 4_000;
export const CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

type PickKey = Key extends infer K ? (K extends `automod.form.picks.${infer P}` ? P : never) : never;

/** A whole number, shown as it is or as it makes sense for most. */
export function numberField(id: FieldId, value: number): AnyField {
  return { id, label: labelOf(id), value: String(value), max: 9 };
}

/** Texts one a line. */
export function listField(id: FieldId, held: readonly string[] | undefined, required = false): AnyField {
  const value = held?.join('\n') ?? '';
  return {
    id,
    label: labelOf(id),
    long: true,
    required,
    max: LONGEST_LIST,
    ...(value !== '' && { value: value.slice(0, LONGEST_LIST) }),
  };
}

/** One line of text. */
export function lineField(id: FieldId, held: string | undefined, { max = 100, required = false } = {}): AnyField {
  return { id, label: labelOf(id), required, max, ...(held !== undefined && { value: held }) };
}

/** A span such as `10 minutes`; `seconds` is what is shown. */
export function spanField(id: FieldId, seconds: number | undefined, required = true): AnyField {
  const value = seconds === undefined ? undefined : sayDuration(seconds * 1_000);
  return { id, label: labelOf(id), required, max: LONGEST_DURATION, ...(value !== undefined && { value }) };
}

/** One of some choices, the one that holds chosen. */
export function pickField(id: FieldId, held: string, choices: readonly (readonly [string, PickKey])[]): AnyField {
  const options = choices.map(([value, key]) => ({
    value,
    label: t(`automod.form.picks.${key}`),
    selected: value === held,
  }));
  return { id, label: labelOf(id), options };
}

export function rolesField(
  id: FieldId,
  chosen: readonly string[],
  { max = MOST_PICKED, required = true } = {},
): AnyField {
  return { id, label: labelOf(id), of: 'role', chosen: chosen.slice(0, max), required, max };
}

export function channelsField(
  id: FieldId,
  chosen: readonly string[],
  {
    max = MOST_PICKED,
    required = true,
    types = CHANNELS,
  }: { readonly max?: number; readonly required?: boolean; readonly types?: readonly ChannelType[] } = {},
): AnyField {
  return { id, label: labelOf(id), of: 'channel', chosen: chosen.slice(0, max), required, max, channelTypes: types };
}
