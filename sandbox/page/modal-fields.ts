import {
  type APISelectMenuComponent,
  type APITextInputComponent,
  ComponentType as T,
  TextInputStyle,
} from 'discord-api-types/v10';
import { h } from './element.ts';
import { drawPicker } from './messages/select.ts';
import type { Part } from './modal.ts';
import type { Page } from './page.ts';

/** One thing to fill in in a modal. */
export interface Field {
  readonly customId: string;
  readonly element: HTMLElement;
  readonly complaint: HTMLElement;
  readonly required: boolean;
  value(): string | readonly string[];
  /** Shows and returns what is wrong, if anything is. */
  check(): string | undefined;
  focus(): void;
}

const SELECTS: readonly number[] = [T.StringSelect, T.UserSelect, T.RoleSelect, T.MentionableSelect, T.ChannelSelect];

/** The control for a modal's component; undefined for kinds this page does not know. */
export function fieldFor(page: Page, part: Part, label: string): Field | undefined {
  if (isTextInput(part)) return textField(part, label);
  return isSelect(part) ? selectField(page, part, label) : undefined;
}

function isTextInput(part: Part): part is Part & APITextInputComponent {
  return part.type === T.TextInput;
}

function isSelect(part: Part): part is Part & APISelectMenuComponent {
  return SELECTS.includes(part.type);
}

function complaintLine(): HTMLElement {
  return h('span', { class: 'complaint', role: 'alert' });
}

function textField(input: APITextInputComponent, label: string): Field {
  const {
    custom_id: customId,
    style,
    placeholder,
    value = '',
    min_length: min = 0,
    max_length: max = 4_000,
    required = true,
  } = input;
  const paragraph = style === TextInputStyle.Paragraph;
  const props = {
    'aria-label': label,
    placeholder,
    maxlength: max,
    'aria-required': required,
    name: customId,
    autocomplete: 'off',
  };
  const element = paragraph ? h('textarea', { ...props, rows: 4 }) : h('input', { type: 'text', ...props });
  element.value = value;
  const complaint = complaintLine();
  return {
    customId,
    element,
    complaint,
    required,
    value: () => element.value,
    focus: () => element.focus(),
    check() {
      const { length } = element.value;
      const wrong =
        length === 0
          ? required
            ? 'This field is required'
            : undefined
          : length < min
            ? `At least ${min} characters`
            : undefined;
      complaint.textContent = wrong ?? '';
      element.setAttribute('aria-invalid', String(wrong !== undefined));
      return wrong;
    },
  };
}

function selectField(page: Page, menu: APISelectMenuComponent, label: string): Field {
  const required = !('required' in menu) || menu.required !== false;
  let chosen: readonly string[] = initial(menu);
  const complaint = complaintLine();
  const element = drawPicker(page, { ...menu, min_values: required ? (menu.min_values ?? 1) : 0 }, (values) => {
    chosen = values;
    complaint.textContent = '';
  });
  element.setAttribute('aria-label', label);
  return {
    customId: menu.custom_id,
    element,
    complaint,
    required,
    value: () => chosen,
    focus: () => element.focus(),
    check() {
      const wrong = required && chosen.length < (menu.min_values ?? 1) ? 'Choose something' : undefined;
      complaint.textContent = wrong ?? '';
      return wrong;
    },
  };
}

function initial(menu: APISelectMenuComponent): readonly string[] {
  if (menu.type === T.StringSelect) return menu.options.flatMap((one) => (one.default ? one.value : []));
  return menu.default_values?.map(({ id }) => id) ?? [];
}
