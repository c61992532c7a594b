import type { CommandOption } from '../../server/state/commands.ts';
import type { OptionValue } from '../client.ts';
import { fill, h } from '../element.ts';
import { type Choosable, Listbox } from '../listbox.ts';
import { openMenu } from '../menus/menu.ts';
import type { Page } from '../page.ts';
import type { Leaf } from './commands.ts';
import { OptionField } from './option-field.ts';

const ASK_AFTER_MS = 150;

export interface CommandFormOptions {
  readonly leaf: Leaf;
  /** Where hints and lists are shown: above the composer. */
  readonly panel: HTMLElement;
  readonly onSubmit: (values: Readonly<Record<string, OptionValue>>) => void;
  readonly onCancel: () => void;
  readonly chooseFile: (use: (file: File) => void) => void;
}

/** A slash command being filled in: its options as fields in the composer's line, their lists above it. */
export class CommandForm {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #o: CommandFormOptions;
  readonly #line = h('div', { class: 'command-line' });
  readonly #list: Listbox;
  readonly #more: HTMLButtonElement;
  readonly #name: HTMLElement;
  #fields: OptionField[] = [];
  #at: OptionField | undefined;
  #asking: NodeJS.Timeout | number | undefined;
  #asked = 0;

  constructor(page: Page, o: CommandFormOptions) {
    this.#page = page;
    this.#o = o;
    this.#list = new Listbox({ label: 'Choices', onPick: (item) => this.#picked(item) });
    this.#more = h('button', { type: 'button', class: 'more-options', on: { click: () => this.#offerMore() } });
    this.element = h(
      'div',
      { class: 'command-form', role: 'group', 'aria-label': `/${o.leaf.name}` },
      this.#line,
      this.#more,
    );
    this.#name = h('span', { class: 'command-name', tabindex: -1 }, `/${o.leaf.name}`);
    this.#line.append(this.#name);
    for (const option of o.leaf.options) if (option.required) this.#add(new OptionField(page, option));
    this.#countRest();
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  focus(): void {
    const next = this.#fields.find((field) => !field.read().ok) ?? this.#fields[0];
    (next?.input ?? this.#name).focus();
    if (!next) this.#hint(undefined);
  }

  /** Gives a dropped file to the first option that takes one; false when there is none. */
  attach(file: File): boolean {
    const field = [...this.#fields, ...this.#rest().map((option) => new OptionField(this.#page, option))].find(
      (one) => one.takesFile && one.empty,
    );
    if (!field) return false;
    if (!this.#fields.includes(field)) this.#add(field);
    field.attach(file);
    field.input.focus();
    this.#show();
    return true;
  }

  submit(): void {
    const values: Record<string, OptionValue> = {};
    for (const field of this.#fields) {
      const read = field.read();
      if (!read.ok) {
        field.element.classList.add('wrong');
        field.input.focus();
        return void this.#hint(field, read.complaint);
      }
      if (read.value !== undefined) values[field.option.name] = read.value;
    }
    this.#o.onSubmit(values);
  }

  #rest() {
    return this.#o.leaf.options.filter((option) => !this.#fields.some((field) => field.option === option));
  }

  #add(field: OptionField): void {
    this.#fields.push(field);
    this.#line.append(field.element);
    field.input.addEventListener('focus', () => this.#enter(field));
    field.input.addEventListener('blur', () => this.#leave(field));
    field.input.addEventListener('input', () => this.#show());
    if (field.takesFile) field.input.addEventListener('click', () => this.#chooseFile(field));
    this.#countRest();
  }

  #chooseFile(field: OptionField): void {
    this.#o.chooseFile((file) => {
      field.attach(file);
      field.input.focus();
    });
  }

  #drop(field: OptionField): void {
    this.#fields = this.#fields.filter((one) => one !== field);
    field.element.remove();
    this.#countRest();
    this.focus();
  }

  #countRest(): void {
    const count = this.#rest().length;
    this.#more.hidden = count === 0;
    this.#more.textContent = `+${count} optional`;
  }

  #offerMore(): void {
    const [only, ...others] = this.#rest();
    if (only && others.length === 0) return void this.#addAndFocus(only);
    const items = this.#rest().map((option) => ({
      label: option.name,
      detail: option.description,
      act: () => this.#addAndFocus(option),
    }));
    openMenu(this.#more, [{ title: 'Options', items }]);
  }

  #addAndFocus(option: CommandOption): void {
    const field = new OptionField(this.#page, option);
    this.#add(field);
    field.input.focus();
  }

  #enter(field: OptionField): void {
    this.#at = field;
    this.#list.first();
    this.#show();
  }

  #leave(field: OptionField): void {
    field.element.classList.toggle('wrong', !field.empty && !field.read().ok);
    this.#list.release();
    if (this.#at === field) this.#o.panel.hidden = true;
  }

  #show(): void {
    const field = this.#at;
    if (!field) return;
    field.element.classList.remove('wrong');
    if (field.option.autocomplete) this.#ask(field);
    else this.#list.show(field.choices());
    this.#hint(field);
    this.#list.serve(field.input);
  }

  #hint(field: OptionField | undefined, complaint?: string): void {
    const read = field && !field.empty ? field.read() : undefined;
    const wrong = complaint ?? (read?.ok === false && this.#list.items.length === 0 ? read.complaint : undefined);
    const listed = field && (this.#list.items.length > 0 || field.option.autocomplete);
    fill(
      this.#o.panel,
      h(
        'div',
        { class: 'panel-title' },
        h('strong', {}, field?.option.name ?? `/${this.#o.leaf.name}`),
        h('span', { class: 'muted' }, field?.option.description ?? this.#o.leaf.description),
        wrong && h('span', { class: 'complaint', role: 'alert' }, wrong),
        !field && h('span', { class: 'muted' }, 'Press Enter to send'),
      ),
      listed && this.#list.element,
    );
    this.#o.panel.hidden = false;
  }

  /** The bot is asked once the person pauses; an answer that comes after a later question is passed over. */
  #ask(field: OptionField): void {
    clearTimeout(this.#asking);
    const turn = ++this.#asked;
    this.#asking = setTimeout(() => {
      const drafts = this.#fields
        .flatMap((one) => [[one.option.name, one.draft()] as const])
        .filter(([, value]) => value !== undefined);
      const values = Object.fromEntries(drafts) as Record<string, OptionValue>; // those without a value are left out above
      const { current } = this.#page.store;
      this.#page.client.autocomplete(current ?? '', this.#o.leaf.name, values, field.option.name).then(
        (choices) => {
          if (turn !== this.#asked || this.#at !== field) return;
          this.#list.show(
            choices.map(({ name, value }) => ({ value: String(value), label: name })),
            'No options match your search',
          );
        },
        () => turn === this.#asked && this.#list.show([], 'Loading options failed'),
      );
    }, ASK_AFTER_MS);
  }

  #picked(item: Choosable): void {
    const field = this.#at;
    if (!field) return;
    if (field.takesFile) field.attach({ sample: item.value });
    else field.pick(item);
    const next = this.#fields.find((one) => one !== field && one.option.required && one.empty);
    if (next) return void next.input.focus();
    this.#list.show([]);
    this.#list.release();
    this.#o.panel.hidden = true;
  }

  #key(event: KeyboardEvent): void {
    const open = !this.#o.panel.hidden && this.#list.element.isConnected;
    const list = open && this.#list.items.length > 0;
    if (list && this.#list.key(event)) return void event.preventDefault();
    const field = this.#fields.find(({ input }) => input === event.target);
    if (event.key === 'Enter' && event.target !== this.#more) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (list) this.#o.panel.hidden = true;
      else this.#o.onCancel();
    } else if (event.key === 'Backspace' && (field?.empty ?? true)) {
      event.preventDefault();
      if (field && !field.option.required) this.#drop(field);
      else if (!field || field === this.#fields[0]) this.#o.onCancel();
    } else if (event.key === ' ' && field?.takesFile) {
      event.preventDefault();
      this.#chooseFile(field);
    } else if (event.key === 'Backspace' && field?.takesFile) {
      field.clear();
    }
  }
}
