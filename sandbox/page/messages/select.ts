import { type APIMessage, type APISelectMenuComponent, ComponentType as T } from 'discord-api-types/v10';
import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import { type Choosable, Listbox } from '../listbox.ts';
import type { Page } from '../page.ts';
import { candidates, people } from '../people/candidates.ts';
import { place, popUp } from '../popup.ts';
import { drawEmoji } from './reactions.ts';

/** A select menu of a message: what is chosen is sent when one is enough, else when the list is closed. */
export function drawSelect(page: Page, message: APIMessage, menu: APISelectMenuComponent): HTMLElement {
  const select = drawPicker(page, menu, (values) => {
    const sending = page.interact(message.channel_id, () => page.client.select(message, menu.custom_id, values));
    select.setAttribute('aria-busy', 'true');
    void sending.finally(() => select.removeAttribute('aria-busy'));
  });
  select.dataset.focus = `component ${menu.custom_id}`;
  return select;
}

/** The same control in a message and in a modal; `onChosen` is told what is chosen, by value or id. */
export function drawPicker(
  page: Page,
  menu: APISelectMenuComponent,
  onChosen: (values: readonly string[]) => void,
): HTMLButtonElement {
  let chosen = initial(menu);
  const max = menu.max_values ?? 1;
  const min = menu.min_values ?? 1;
  const words = h('span', { class: 'select-words' });
  const label = (): void => {
    const labels = choicesOf(page, menu).flatMap((one) => (chosen.includes(one.value) ? one.label : []));
    words.textContent = labels.length > 0 ? labels.join(', ') : (menu.placeholder ?? 'Make a selection');
    words.classList.toggle('placeholder', labels.length === 0);
  };
  const button = h(
    'button',
    {
      class: 'select',
      type: 'button',
      'aria-haspopup': 'listbox',
      'aria-label': menu.placeholder ?? 'Make a selection',
      disabled: menu.disabled ?? false,
    },
    words,
    icon(ICONS.chevron, 20),
  );
  button.addEventListener('click', () => {
    openChoices(page, menu, button, chosen, (values) => {
      if (values.length < min || values.length > max || String(values) === String(chosen)) return;
      chosen = values;
      label();
      onChosen(values);
    });
  });
  label();
  return button;
}

function initial(menu: APISelectMenuComponent): readonly string[] {
  if (menu.type === T.StringSelect) return menu.options.flatMap((one) => (one.default ? one.value : []));
  return menu.default_values?.map(({ id }) => id) ?? [];
}

function choicesOf(page: Page, menu: APISelectMenuComponent): Choosable[] {
  switch (menu.type) {
    case T.StringSelect:
      return menu.options.map(({ value, label, description, emoji }) => ({
        value,
        label,
        detail: description,
        picture: emoji && drawEmoji(emoji),
      }));
    case T.UserSelect:
      return people(page);
    case T.RoleSelect:
      return candidates(page, 'role');
    case T.MentionableSelect:
      return candidates(page, 'mentionable');
    default:
      return candidates(page, 'channel', menu.channel_types);
  }
}

const MOST_SHOWN = 100;

function openChoices(
  page: Page,
  menu: APISelectMenuComponent,
  button: HTMLElement,
  before: readonly string[],
  onDone: (values: readonly string[]) => void,
): void {
  const single = (menu.max_values ?? 1) === 1;
  const all = choicesOf(page, menu);
  const picked = new Set(before);
  const filter = h('input', {
    type: 'text',
    class: 'filter',
    'aria-label': 'Search',
    placeholder: 'Search',
    autocomplete: 'off',
  });
  const list = new Listbox({
    label: menu.placeholder ?? 'Choices',
    ...(!single && { marked: ({ value }: Choosable) => picked.has(value) }),
    onPick: ({ value }) => {
      if (single) return void finish([value]);
      if (!picked.delete(value) && picked.size < (menu.max_values ?? 1)) picked.add(value);
      show();
    },
  });
  const show = (): void => {
    const wanted = filter.value.trim().toLowerCase();
    const fitting = all.filter((one) => `${one.label} ${one.detail ?? ''}`.toLowerCase().includes(wanted));
    list.show(fitting.slice(0, MOST_SHOWN));
  };
  const box = h('div', { class: 'select-popup' }, filter, list.element);
  box.style.width = `${Math.max(button.offsetWidth, 220)}px`;
  const close = popUp(box, button, () => {
    button.setAttribute('aria-expanded', 'false');
    if (!single) onDone([...picked]);
  });
  const finish = (values: readonly string[]): void => {
    close();
    onDone(values);
  };
  button.setAttribute('aria-expanded', 'true');
  filter.addEventListener('input', show);
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && !single) return;
    if (list.key(event)) event.preventDefault();
  });
  show();
  list.serve(filter);
  place(box, button);
  filter.focus();
}
