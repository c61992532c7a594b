import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { SelectOption } from '../services/answers/answer.ts';
import { toOption } from '../services/answers/payload.ts';
import { clip, type Reader, renderPlain, type Words } from '../services/answers/words.ts';

export interface FormField {
  readonly id: string;
  readonly label: Words;
  readonly value?: string;
  readonly placeholder?: Words;
  readonly long?: boolean;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** One of some texts, or none of them. */
interface FormChoice {
  readonly id: string;
  readonly label: Words;
  readonly placeholder?: Words;
  /** Up to 25, of up to 100 letters each, none twice. */
  readonly choices: readonly string[];
}

/** Exactly one of some values, up to 25. */
interface FormPick {
  readonly id: string;
  readonly label: Words;
  readonly options: readonly SelectOption[];
  /** As many of them as one likes, or none. */
  readonly several?: boolean;
}

/** Roles or channels of the server. */
interface FormMentions {
  readonly id: string;
  readonly label: Words;
  readonly of: 'role' | 'channel';
  readonly chosen?: readonly string[];
  readonly channelTypes?: readonly ChannelType[];
  /** At least one unless this is false. */
  readonly required?: boolean;
  /** At most so many, up to 25; one unless said. */
  readonly max?: number;
}

export type AnyField = FormField | FormChoice | FormPick | FormMentions;

/** A modal with up to five fields. */
export interface Form {
  readonly customId: string;
  readonly title: Words;
  readonly fields: readonly AnyField[];
}

export function toModal(form: Form, reader: Reader): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.customId,
    title: clip(renderPlain(form.title, reader), 45),
    components: form.fields.map((field) => ({
      type: ComponentType.Label,
      label: clip(renderPlain(field.label, reader), 45),
      component: toControl(field, reader),
    })),
  };
}

function toControl(field: AnyField, reader: Reader): APIComponentInLabel {
  if ('choices' in field) return toChoice(field, reader);
  if ('options' in field) return toPick(field, reader);
  return 'of' in field ? toMentions(field) : toTextInput(field, reader);
}

function toTextInput(field: FormField, reader: Reader): APIComponentInLabel {
  return {
    type: ComponentType.TextInput,
    custom_id: field.id,
    style: field.long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required ?? true,
    ...(field.value !== undefined && { value: field.value }),
    ...(field.placeholder !== undefined && { placeholder: clip(renderPlain(field.placeholder, reader), 100) }),
    ...(field.min !== undefined && { min_length: field.min }),
    ...(field.max !== undefined && { max_length: field.max }),
  };
}

function toChoice({ id, placeholder, choices }: FormChoice, reader: Reader): APIComponentInLabel {
  return {
    type: ComponentType.StringSelect,
    custom_id: id,
    required: false,
    min_values: 0,
    ...(placeholder !== undefined && { placeholder: clip(renderPlain(placeholder, reader), 150) }),
    options: choices.map((text) => ({ label: text, value: text })),
  };
}

function toPick({ id, options, several = false }: FormPick, reader: Reader): APIComponentInLabel {
  return {
    type: ComponentType.StringSelect,
    custom_id: id,
    ...(several && { required: false, min_values: 0, max_values: options.length }),
    options: options.map((one) => toOption(one, reader)),
  };
}

function toMentions({
  id,
  of,
  chosen = [],
  channelTypes,
  required = true,
  max = 1,
}: FormMentions): APIComponentInLabel {
  const shared = { custom_id: id, required, min_values: required ? 1 : 0, max_values: max };
  if (of === 'role') {
    const roles = chosen.map((one) => ({ id: one, type: SelectMenuDefaultValueType.Role as const }));
    return { type: ComponentType.RoleSelect, ...shared, default_values: roles };
  }
  return {
    type: ComponentType.ChannelSelect,
    ...shared,
    default_values: chosen.map((one) => ({ id: one, type: SelectMenuDefaultValueType.Channel as const })),
    ...(channelTypes && { channel_types: [...channelTypes] }),
  };
}
