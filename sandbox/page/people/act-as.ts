import { fill, h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import { type Choosable, Listbox } from '../listbox.ts';
import type { Page } from '../page.ts';
import { popUp } from '../popup.ts';
import { avatarWithStatus } from './member-list.ts';

/** Who one is at the moment, and a searchable list of everyone one can be. */
export class ActAs {
  readonly element = h('div', { class: 'me' });
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  draw(): void {
    const { store, names } = this.#page;
    if (!store.me) return;
    const { id, username } = store.me;
    const roles = names.rolesOf(id).map(({ name }) => name);
    const button = h(
      'button',
      {
        class: 'me-button',
        'aria-haspopup': 'listbox',
        'aria-label': `You act as ${names.user(id)}. Act as someone else`,
        on: { click: ({ currentTarget }) => this.#open(currentTarget) },
      },
      avatarWithStatus(this.#page, id),
      h(
        'span',
        { class: 'me-words' },
        h('strong', {}, names.user(id)),
        h('span', { class: 'muted' }, roles[0] ?? username),
      ),
      h('span', { class: 'me-switch' }, 'Act as', icon(ICONS.chevron, 14)),
    );
    fill(this.element, button);
  }

  #open(at: HTMLElement): void {
    const { store, names } = this.#page;
    const all = store.people.map(
      ({ id, username }): Choosable => ({
        value: id,
        label: names.user(id),
        detail: [username, ...names.rolesOf(id).map(({ name }) => name)].join(' · '),
        colour: names.colour(id),
        aside: id === store.me?.id ? 'you' : undefined,
        picture: h('img', { class: 'choice-avatar', src: names.avatar(id, 32), alt: '' }),
      }),
    );
    const input = h('input', {
      type: 'text',
      class: 'filter',
      placeholder: 'Act as …',
      'aria-label': 'Find someone to act as',
      autocomplete: 'off',
    });
    const list = new Listbox({
      label: 'People',
      onPick: ({ value }) => {
        close();
        this.#page.actAs(value);
      },
    });
    const show = (): void => {
      const wanted = input.value.trim().toLowerCase();
      list.show(
        all.filter(({ label, detail }) => `${label} ${detail ?? ''}`.toLowerCase().includes(wanted)),
        'Nobody is called that',
      );
    };
    input.addEventListener('input', () => {
      list.first();
      show();
    });
    input.addEventListener('keydown', (event) => list.key(event) && event.preventDefault());
    show();
    list.serve(input);
    const close = popUp(h('div', { class: 'select-popup people-popup' }, input, list.element), at);
    input.focus();
  }
}
