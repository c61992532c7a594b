import { type Child, h } from './element.ts';

/** Something that can be chosen from a list. */
export interface Choosable {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly picture?: Child;
  /** Standing to the right, as the app's name beside a command. */
  readonly aside?: string | undefined;
  readonly colour?: string | undefined;
}

export interface ListboxOptions {
  readonly label: string;
  readonly onPick: (item: Choosable) => void;
  /** Whether several can be chosen: picked ones are marked and the list stays. */
  readonly marked?: (item: Choosable) => boolean;
}

/**
 * A list of choices under an input that keeps the focus: the input forwards its keys, and `aria-activedescendant`
 * says which choice is meant.
 */
export class Listbox {
  readonly element: HTMLElement;
  readonly #options: ListboxOptions;
  readonly #id = `list-${crypto.randomUUID()}`;
  #items: readonly Choosable[] = [];
  #active = 0;
  #input: HTMLElement | undefined;

  constructor(options: ListboxOptions) {
    this.#options = options;
    this.element = h('div', { class: 'listbox', id: this.#id, role: 'listbox', 'aria-label': options.label });
    if (options.marked) this.element.setAttribute('aria-multiselectable', 'true');
    // The input must not lose its focus to a press on the list.
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
  }

  get items(): readonly Choosable[] {
    return this.#items;
  }

  get active(): Choosable | undefined {
    return this.#items[this.#active];
  }

  /** Makes `input` say what the list shows. */
  serve(input: HTMLElement): void {
    this.#input = input;
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.#id);
    input.setAttribute('aria-expanded', 'true');
    this.#point();
  }

  release(): void {
    this.#input?.setAttribute('aria-expanded', 'false');
    this.#input?.removeAttribute('aria-activedescendant');
    this.#input = undefined;
  }

  show(items: readonly Choosable[], empty = 'Nothing fits'): void {
    this.#items = items;
    this.#active = Math.min(this.#active, Math.max(0, items.length - 1));
    this.element.replaceChildren(...items.map((item, at) => this.#draw(item, at)));
    if (items.length === 0) this.element.append(h('div', { class: 'empty' }, empty));
    this.#point();
  }

  first(): void {
    this.#active = 0;
    this.#point();
  }

  /** Handles the keys of a list; returns whether the key was one of them. */
  key({ key }: KeyboardEvent): boolean {
    const last = this.#items.length - 1;
    if (last < 0) return false;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#active === last ? 0 : this.#active + 1,
      ArrowUp: this.#active === 0 ? last : this.#active - 1,
      PageDown: Math.min(last, this.#active + 8),
      PageUp: Math.max(0, this.#active - 8),
    };
    const to = moves[key];
    if (to !== undefined) {
      this.#active = to;
      this.#point();
      return true;
    }
    const { active } = this;
    if ((key !== 'Enter' && key !== 'Tab') || !active) return false;
    this.#options.onPick(active);
    return true;
  }

  #draw(item: Choosable, at: number): HTMLElement {
    const marked = this.#options.marked?.(item);
    const label = h('span', { class: 'choice-label' }, item.label);
    if (item.colour) label.style.color = item.colour;
    return h(
      'div',
      {
        class: 'choice',
        id: `${this.#id}-${at}`,
        role: 'option',
        'aria-selected': marked ?? false,
        'data-value': item.value,
        on: {
          click: () => this.#options.onPick(item),
          pointermove: () => {
            if (this.#active === at) return;
            this.#active = at;
            this.#point();
          },
        },
      },
      item.picture,
      h('span', { class: 'choice-words' }, label, item.detail && h('span', { class: 'choice-detail' }, item.detail)),
      item.aside && h('span', { class: 'choice-aside' }, item.aside),
      marked !== undefined && h('span', { class: marked ? 'tick on' : 'tick', 'aria-hidden': true }),
    );
  }

  #point(): void {
    const choices = this.element.querySelectorAll('.choice');
    for (const [at, choice] of choices.entries()) choice.classList.toggle('active', at === this.#active);
    const active = choices[this.#active];
    active?.scrollIntoView({ block: 'nearest' });
    if (active) this.#input?.setAttribute('aria-activedescendant', active.id);
    else this.#input?.removeAttribute('aria-activedescendant');
  }
}
