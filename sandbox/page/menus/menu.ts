import { h, icon } from '../element.ts';
import { type Anchor, popUp } from '../popup.ts';
import { focusedIn } from '../roving.ts';

export interface MenuItem {
  readonly label: string;
  readonly detail?: string;
  readonly path?: string;
  readonly danger?: boolean;
  readonly act: () => void;
}

/** Items that belong together, under a title unless that is empty. */
export interface MenuGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** A menu at a point or beside an element: arrows move, letters jump, Enter acts, Escape closes. */
export function openMenu(at: Anchor, groups: readonly MenuGroup[]): void {
  const shown = groups.filter(({ items }) => items.length > 0);
  const close = (): void => shut();
  const menu = h(
    'div',
    { class: 'menu', role: 'menu' },
    shown.map((group) => drawGroup(group, close)),
  );
  const shut = popUp(menu, at);
  menu.addEventListener('keydown', (event) => move(menu, event, close));
  menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
}

function drawGroup({ title, items }: MenuGroup, close: () => void): HTMLElement {
  return h(
    'div',
    { class: 'menu-group', role: 'group', 'aria-label': title || 'Actions' },
    title !== '' && h('div', { class: 'menu-title', 'aria-hidden': true }, title),
    items.map((item) => drawItem(item, close)),
  );
}

function drawItem({ label, detail, path, danger, act }: MenuItem, close: () => void): HTMLElement {
  const pick = (): void => {
    close();
    act();
  };
  return h(
    'button',
    {
      type: 'button',
      role: 'menuitem',
      tabindex: -1,
      class: danger ? 'menu-item danger' : 'menu-item',
      on: { click: pick },
    },
    h('span', { class: 'menu-label' }, label),
    detail && h('span', { class: 'muted' }, detail),
    path && icon(path, 18),
  );
}

function move(menu: HTMLElement, event: KeyboardEvent, close: () => void): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = focusedIn(items);
  const { key } = event;
  const byLetter = (): number => {
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const found = order.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()));
    return found ? items.indexOf(found) : -1;
  };
  const to =
    key === 'ArrowDown'
      ? (at + 1) % items.length
      : key === 'ArrowUp'
        ? (at - 1 + items.length) % items.length
        : key === 'Home'
          ? 0
          : key === 'End'
            ? items.length - 1
            : /^[\p{L}\p{N}]$/u.test(key)
              ? byLetter()
              : -1;
  if (key === 'Tab') {
    event.preventDefault();
    close();
  } else if (to >= 0) {
    event.preventDefault();
    items[to]?.focus();
  }
}
