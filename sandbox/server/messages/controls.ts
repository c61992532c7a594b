import { ComponentType as C, SelectMenuDefaultValueType } from 'discord-api-types/v10';
import { type Form, present } from '../http/form.ts';
import type { ComponentTree } from './components.ts';
import { url } from './embeds.ts';

export const SELECTS: readonly number[] = [
  C.StringSelect,
  C.UserSelect,
  C.RoleSelect,
  C.MentionableSelect,
  C.ChannelSelect,
];

const LINK = 5;
const PREMIUM = 6;

export function readButton(form: Form, tree: ComponentTree, id: number): { type: number } {
  form.required('style');
  const style = form.oneOf('style', [1, 2, 3, 4, 5, 6]) ?? 1;
  const label = form.text('label', { max: 80 });
  const emoji = readEmoji(form.child('emoji'));
  const shared = { type: C.Button, id, style, ...present({ label, emoji, disabled: form.flag('disabled') }) };
  if (style === PREMIUM) return { ...shared, ...present({ sku_id: form.needId('sku_id') }) };
  if (!label && !emoji)
    form.fail('_', 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button needs a label or an emoji');
  if (style !== LINK) {
    if (form.has('url')) form.fail('url', 'BUTTON_COMPONENT_INVALID_URL', 'Only link buttons have a url');
    return { ...shared, ...{ custom_id: tree.customId(form) } };
  }
  form.required('url');
  if (form.has('custom_id')) {
    form.fail(
      'custom_id',
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  }
  return { ...shared, ...{ url: url(form, 'url', 512) } };
}

function readEmoji(form: Form | undefined): { name: string; id?: string; animated?: boolean } | undefined {
  if (!form) return undefined;
  return { name: form.text('name') ?? '', ...present({ id: form.id('id'), animated: form.flag('animated') }) };
}

export function readSelect(form: Form, tree: ComponentTree, type: number, id: number): { type: number } {
  const min = form.int('min_values', { min: 0, max: 25 }) ?? 1;
  const max = form.int('max_values', { min: 1, max: 25 }) ?? 1;
  if (min > max)
    form.fail('min_values', 'SELECT_COMPONENT_MIN_VALUES_EXCEEDS_MAX', 'min_values must not exceed max_values');
  const select = {
    type,
    id,
    custom_id: tree.customId(form),
    min_values: min,
    max_values: max,
    ...present({
      placeholder: form.text('placeholder', { max: 150 }),
      disabled: form.flag('disabled'),
      required: form.flag('required'),
    }),
  };
  if (type === C.StringSelect) return { ...select, ...{ options: readOptions(form, min) } };
  const types = Object.values(SelectMenuDefaultValueType).map(String);
  const defaults = form.list(
    'default_values',
    (one) => {
      const kind = one.needText('type');
      if (!types.includes(kind)) one.fail('type', 'BASE_TYPE_CHOICES', `Value must be one of {${types.join(', ')}}.`);
      return { id: one.needId('id'), type: kind };
    },
    { max },
  );
  return { ...select, ...present({ default_values: defaults, channel_types: form.items('channel_types') }) };
}

function readOptions(form: Form, min: number): object[] {
  form.required('options');
  const seen = new Set<string>();
  const options = form.list(
    'options',
    (option) => {
      const value = option.needText('value', { min: 1, max: 100 });
      if (seen.has(value)) {
        option.fail('value', 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
      }
      seen.add(value);
      return {
        label: option.needText('label', { min: 1, max: 100 }),
        value,
        ...present({
          description: option.text('description', { max: 100 }),
          emoji: readEmoji(option.child('emoji')),
          default: option.flag('default'),
        }),
      };
    },
    { min: 1, max: 25 },
  );
  if (options && options.length < min) {
    form.fail('min_values', 'SELECT_COMPONENT_MIN_VALUES_EXCEEDS_OPTIONS', 'There are fewer options than min_values');
  }
  return options ?? [];
}
