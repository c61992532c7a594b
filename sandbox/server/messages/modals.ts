import { ComponentType as C } from 'discord-api-types/v10';
import { type Form, present } from '../http/form.ts';
import { ComponentTree, typeOf } from './components.ts';
import { readSelect, SELECTS } from './controls.ts';

const FILE_UPLOAD = 19;
const RADIO_GROUP = 21;
const CHECKBOX_GROUP = 22;
const CHECKBOX = 23;
const IN_LABEL: readonly number[] = [C.TextInput, ...SELECTS, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX];

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly object[];
}

/** Reads a modal: rows with a text input, or labels with a text input, a select or a newer control. */
export function readModal(data: Form): Modal {
  const tree = new ComponentTree(data);
  data.required('components');
  return {
    custom_id: data.needText('custom_id', { min: 1, max: 100 }),
    title: data.needText('title', { min: 1, max: 45 }),
    components: data.list('components', (form) => readTop(form, tree), { min: 1, max: 5 }) ?? [],
  };
}

function readTop(form: Form, tree: ComponentTree): object {
  const type = typeOf(form, [C.ActionRow, C.TextDisplay, C.Label]);
  const id = tree.id(form);
  if (type === C.TextDisplay) return { type, id, content: tree.text(form) };
  if (type === C.ActionRow) {
    form.required('components');
    const components = form.list('components', (child) => readInput(child, tree, true), { min: 1, max: 1 });
    return { type, id, components };
  }
  return {
    type,
    id,
    label: form.needText('label', { min: 1, max: 45 }),
    ...present({ description: form.text('description', { max: 100 }) }),
    component: readInput(form.needChild('component'), tree, false),
  };
}

function readInput(form: Form, tree: ComponentTree, inRow: boolean): object {
  const type = typeOf(form, inRow ? [C.TextInput] : IN_LABEL);
  const id = tree.id(form);
  if (SELECTS.includes(type)) return readSelect(form, tree, type, id);
  if (type !== C.TextInput) {
    const rest = Object.fromEntries(form.keys.map((key) => [key, form.raw(key)]));
    return { ...rest, type, id, custom_id: tree.customId(form) };
  }
  form.required('style');
  if (inRow) form.required('label');
  return {
    type,
    id,
    custom_id: tree.customId(form),
    style: form.oneOf('style', [1, 2]),
    required: form.flag('required') ?? true,
    ...present({
      label: form.text('label', { min: 1, max: 45 }),
      placeholder: form.text('placeholder', { max: 100 }),
      value: form.text('value', { max: 4_000 }),
      min_length: form.int('min_length', { min: 0, max: 4_000 }),
      max_length: form.int('max_length', { min: 1, max: 4_000 }),
    }),
  };
}
