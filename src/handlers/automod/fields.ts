import { ChannelType } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { sayDuration } from '../../lib/time/say.ts';
import { UserError } from '../../services/answers/user-error.ts';
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

/** What a form cannot show whole it would store cut: UserError that sends whoever asks to the JSON. */
function mustShowWhole(id: FieldId, whole: boolean): void {
  if (!whole) throw new UserError('automod.form.cut', { field: labelOf(id) });
}

/** Texts one a line. UserError where they would not be read the same again. */
export function listField(id: FieldId, held: readonly string[] | undefined, required = false): AnyField {
  const value = held?.join('\n') ?? '';
  mustShowWhole(id, value.length <= LONGEST_LIST && !held?.some((text) => /[\n,]/.test(text)));
  return {
    id,
    label: labelOf(id),
    long: true,
    required,
    max: LONGEST_LIST,
    ...(value !== '' && { value }),
  };
}

/** One line of text. UserError where it is longer than the form takes. */
export function lineField(id: FieldId, held: string | undefined, { max = 100, required = false } = {}): AnyField {
  mustShowWhole(id, (held?.length ?? 0) <= max);
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

/** UserError where more are chosen than one menu takes. */
export function rolesField(
  id: FieldId,
  chosen: readonly string[],
  { max = MOST_PICKED, required = true } = {},
): AnyField {
  mustShowWhole(id, chosen.length <= max);
  return { id, label: labelOf(id), of: 'role', chosen, required, max };
}

/** UserError where more are chosen than one menu takes. */
export function channelsField(
  id: FieldId,
  chosen: readonly string[],
  {
    max = MOST_PICKED,
    required = true,
    types = CHANNELS,
  }: { readonly max?: number; readonly required?: boolean; readonly types?: readonly ChannelType[] } = {},
): AnyField {
  mustShowWhole(id, chosen.length <= max);
  return { id, label: labelOf(id), of: 'channel', chosen, required, max, channelTypes: types };
}
