import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
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

/** A modal with up to five fields. */
export interface Form {
  readonly customId: string;
  readonly title: Words;
  readonly fields: readonly (FormField | FormChoice)[];
}

export function toModal(form: Form, reader: Reader): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.customId,
    title: clip(renderPlain(form.title, reader), 45),
    components: form.fields.map((field) => ({
      type: ComponentType.Label,
      label: clip(renderPlain(field.label, reader), 45),
      component: 'choices' in field ? toChoice(field, reader) : toTextInput(field, reader),
    })),
  };
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
