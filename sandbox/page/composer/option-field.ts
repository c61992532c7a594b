import { ApplicationCommandOptionType as T } from 'discord-api-types/v10';
import type { CommandOption } from '../../server/state/commands.ts';
import type { Attached, OptionValue } from '../client.ts';
import { h } from '../element.ts';
import type { Choosable } from '../listbox.ts';
import type { Page } from '../page.ts';
import { candidates, people } from '../people/candidates.ts';
import { showSize } from '../times.ts';
import { readOption } from './read-option.ts';

export type FieldValue =
  | { readonly ok: true; readonly value: OptionValue | undefined }
  | { readonly ok: false; readonly complaint: string };

/** One option of a command being typed: its name, what is typed, and what was picked from its list. */
export class OptionField {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly option: CommandOption;
  readonly #page: Page;
  #picked: Choosable | undefined;
  #file: Attached | undefined;

  constructor(page: Page, option: CommandOption) {
    this.#page = page;
    this.option = option;
    this.input = h('input', {
      type: 'text',
      autocomplete: 'off',
      spellcheck: false,
      'aria-label': `${option.name}: ${option.description}`,
      'aria-required': option.required ?? false,
      inputmode: option.type === T.Integer ? 'numeric' : option.type === T.Number ? 'decimal' : 'text',
    });
    this.input.readOnly = option.type === T.Attachment;
    if (this.input.readOnly) this.input.placeholder = 'Drop or choose a file';
    this.element = h('label', { class: 'option' }, h('span', { class: 'option-name' }, option.name), this.input);
    this.input.addEventListener('input', () => this.#resize());
    this.#resize();
  }

  get takesFile(): boolean {
    return this.option.type === T.Attachment;
  }

  get empty(): boolean {
    return this.takesFile ? this.#file === undefined : this.input.value === '';
  }

  pick(item: Choosable): void {
    this.#picked = item;
    this.input.value = item.label;
    this.#resize();
  }

  attach(file: Attached): void {
    this.#file = file;
    this.input.value = file instanceof File ? file.name : file.sample;
    this.#resize();
  }

  clear(): void {
    this.#file = undefined;
    this.#picked = undefined;
    this.input.value = '';
    this.#resize();
  }

  /** The value, or why there is none yet. */
  read(): FieldValue {
    if (!this.takesFile) return readOption(this.option, this.input.value, this.#pickedValue());
    if (this.#file !== undefined || !this.option.required) return { ok: true, value: this.#file };
    return { ok: false, complaint: 'This option is required: drop a file here or choose one' };
  }

  /** What autocomplete is told of this option: whatever is typed so far. */
  draft(): OptionValue | undefined {
    const read = this.read();
    return read.ok ? read.value : this.takesFile ? undefined : this.input.value;
  }

  #pickedValue(): string | undefined {
    return this.#picked?.label === this.input.value ? this.#picked.value : undefined;
  }

  /** The list to choose from, when there is one that needs no asking. */
  choices(): Choosable[] {
    const typed = this.input.value.trim().toLowerCase().replace(/^[@#]/, '');
    const untouched = this.#pickedValue() !== undefined;
    const all = this.#all();
    return untouched
      ? all
      : all.filter(({ label, detail }) => `${label} ${detail ?? ''}`.toLowerCase().includes(typed)).slice(0, 50);
  }

  #all(): Choosable[] {
    const { type, choices, channel_types: types } = this.option;
    if (choices) return choices.map(({ name, value }) => ({ value: String(value), label: name }));
    switch (type) {
      case T.Boolean:
        return ['True', 'False'].map((word) => ({ value: word, label: word }));
      case T.User:
        return people(this.#page);
      case T.Role:
        return candidates(this.#page, 'role');
      case T.Mentionable:
        return candidates(this.#page, 'mentionable');
      case T.Channel:
        return candidates(this.#page, 'channel', types);
      case T.Attachment:
        return this.#page.store.samples.map(({ name, size }) => ({
          value: name,
          label: name,
          detail: showSize(size),
          aside: 'sample',
        }));
      default:
        return [];
    }
  }

  /** The input is as wide as what is in it, as in Discord. */
  #resize(): void {
    const length = Math.max(this.input.value.length, this.input.placeholder.length, 3);
    this.input.style.width = `calc(${Math.min(length + 1, 60)}ch + 16px)`;
  }
}
