import { type APIMessageTopLevelComponent, ComponentType as C } from 'discord-api-types/v10';
import type { Form } from '../http/form.ts';
import { readButton, readSelect, SELECTS } from './controls.ts';
import { url } from './embeds.ts';

const MOST_V2 = 40;
const MOST_TEXT = 4_000;

/** What must hold over the whole tree: each id and custom id once, so many components, so much text. */
export class ComponentTree {
  readonly #form: Form;
  readonly #customIds = new Set<string>();
  readonly #ids = new Set<number>();
  #count = 0;
  #text = 0;
  #next = 1;

  constructor(form: Form) {
    this.#form = form;
  }

  /** Discord numbers the components that were sent without an id. */
  id(form: Form): number {
    if (++this.#count > MOST_V2) {
      this.#form.fail(
        'components',
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `The total number of components must be ${MOST_V2} or fewer.`,
      );
    }
    const given = form.int('id', { min: 0, max: 2 ** 31 - 1 });
    if (given && this.#ids.has(given)) form.fail('id', 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
    if (!given) while (this.#ids.has(this.#next)) this.#next++;
    const id = given || this.#next;
    this.#ids.add(id);
    return id;
  }

  customId(form: Form): string {
    const id = form.needText('custom_id', { min: 1, max: 100 });
    if (this.#customIds.has(id)) {
      form.fail('custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    }
    this.#customIds.add(id);
    return id;
  }

  text(form: Form): string {
    const text = form.needText('content', { min: 1, max: MOST_TEXT });
    this.#text += [...text].length;
    if (this.#text > MOST_TEXT) {
      this.#form.fail(
        'components',
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `The total displayable text size must be ${MOST_TEXT} or fewer.`,
      );
    }
    return text;
  }
}

const V1: readonly number[] = [C.ActionRow];
const TOP: readonly number[] = [
  C.ActionRow,
  C.Section,
  C.TextDisplay,
  C.MediaGallery,
  C.File,
  C.Separator,
  C.Container,
];
const IN_CONTAINER: readonly number[] = TOP.filter((type) => type !== C.Container);

/** Reads a message's components: with the components-v2 flag any kind, without it rows of buttons and selects. */
export function readComponents(body: Form, v2: boolean): APIMessageTopLevelComponent[] | undefined {
  const tree = new ComponentTree(body);
  const read = (form: Form): object => readTop(form, tree, v2 ? TOP : V1);
  // Every kind has just been read field by field; what the readers make is the wire form of that kind.
  return body.list('components', read, { max: v2 ? MOST_V2 : 5 }) as APIMessageTopLevelComponent[] | undefined;
}

function readTop(form: Form, tree: ComponentTree, allowed: readonly number[]): object {
  const type = typeOf(form, allowed);
  const id = tree.id(form);
  switch (type) {
    case C.ActionRow:
      return { type, id, components: readRow(form, tree) };
    case C.TextDisplay:
      return { type, id, content: tree.text(form) };
    case C.Separator:
      return { type, id, divider: form.flag('divider') ?? true, spacing: form.oneOf('spacing', [1, 2]) ?? 1 };
    case C.MediaGallery:
      form.required('items');
      return { type, id, items: form.list('items', readMedia, { min: 1, max: 10 }) };
    case C.File:
      return { type, id, file: readUrl(form, 'file'), spoiler: form.flag('spoiler') ?? false, name: null, size: null };
    case C.Section:
      return { type, id, ...readSection(form, tree) };
    default:
      form.required('components');
      return {
        type,
        id,
        accent_color: form.int('accent_color', { min: 0, max: 0xffffff }) ?? null,
        spoiler: form.flag('spoiler') ?? false,
        components: form.list('components', (child) => readTop(child, tree, IN_CONTAINER), { min: 1, max: MOST_V2 }),
      };
  }
}

export function typeOf(form: Form, allowed: readonly number[]): number {
  form.required('type');
  const type = form.int('type') ?? 0;
  if (allowed.includes(type)) return type;
  return form.fail('type', 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')},).`);
}

function readRow(form: Form, tree: ComponentTree): object[] {
  form.required('components');
  const controls = form.list('components', (child) => readControl(child, tree), { min: 1, max: 5 }) ?? [];
  if (controls.length > 1 && controls.some(({ type }) => type !== C.Button)) {
    form.fail('components', 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
  return controls;
}

function readControl(form: Form, tree: ComponentTree): { type: number } {
  const type = typeOf(form, [C.Button, ...SELECTS]);
  const id = tree.id(form);
  return type === C.Button ? readButton(form, tree, id) : readSelect(form, tree, type, id);
}

function readSection(form: Form, tree: ComponentTree): object {
  form.required('components');
  const components = form.list('components', (child) => readTop(child, tree, [C.TextDisplay]), { min: 1, max: 3 });
  const accessory = form.needChild('accessory');
  const type = typeOf(accessory, [C.Button, C.Thumbnail]);
  const id = tree.id(accessory);
  const read = type === C.Button ? readButton(accessory, tree, id) : { type, id, ...readMedia(accessory) };
  return { components, accessory: read };
}

function readMedia(form: Form): object {
  return {
    media: readUrl(form, 'media'),
    description: form.text('description', { max: 1_024 }) ?? null,
    spoiler: form.flag('spoiler') ?? false,
  };
}

function readUrl(form: Form, key: string): { url: string } {
  const media = form.needChild(key);
  media.required('url');
  return { url: url(media, 'url') ?? '' };
}
