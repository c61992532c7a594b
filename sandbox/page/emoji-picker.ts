import { h } from './element.ts';
import { EMOJIS } from './emojis.ts';
import type { Page } from './page.ts';
import { popUp } from './popup.ts';
import { focusedIn } from './roving.ts';

/** An emoji as text of a message, and as reactions name it. */
export interface PickedEmoji {
  readonly text: string;
  readonly key: string;
}

interface Offered extends PickedEmoji {
  readonly name: string;
  readonly picture: () => HTMLElement;
}

const COLUMNS = 8;

/** A grid of emoji with a search field: arrows move in the grid, Enter picks. */
export function openEmojiPicker(page: Page, at: HTMLElement, onPick: (emoji: PickedEmoji) => void): void {
  const all = offered(page);
  const grid = h('div', { class: 'emoji-grid', role: 'listbox', 'aria-label': 'Emoji' });
  const input = h('input', {
    type: 'text',
    class: 'filter',
    placeholder: 'Find an emoji',
    'aria-label': 'Find an emoji',
    autocomplete: 'off',
  });
  const box = h('div', { class: 'emoji-picker', role: 'dialog', 'aria-label': 'Emoji' }, input, grid);
  const pick = (emoji: PickedEmoji): void => {
    close();
    onPick(emoji);
  };
  const show = (): void => {
    const fitting = all.filter(({ name }) => name.includes(input.value.toLowerCase().replaceAll(':', '').trim()));
    grid.replaceChildren(...fitting.map((one) => drawChoice(one, pick)));
  };
  input.addEventListener('input', show);
  box.addEventListener('keydown', (event) => move(grid, input, event));
  show();
  const close = popUp(box, at);
  input.focus();
}

function offered(page: Page): Offered[] {
  const own = [...(page.names.guild()?.emojis.values() ?? [])].map(
    ({ id, name, animated }): Offered => ({
      text: `<${animated ? 'a' : ''}:${name}:${id}>`,
      key: `${name}:${id}`,
      name: name.toLowerCase(),
      picture: () => h('img', { class: 'emoji', src: `/emojis/${id}.png?size=48`, alt: '' }),
    }),
  );
  const known = Object.entries(EMOJIS).map(
    ([emoji, name]): Offered => ({
      text: emoji,
      key: emoji,
      name,
      picture: () => h('span', { class: 'emoji' }, emoji),
    }),
  );
  return [...own, ...known];
}

function drawChoice(emoji: Offered, pick: (emoji: PickedEmoji) => void): HTMLElement {
  const on = { click: () => pick(emoji) };
  return h(
    'button',
    {
      type: 'button',
      role: 'option',
      tabindex: -1,
      class: 'emoji-choice',
      'aria-label': emoji.name,
      title: `:${emoji.name}:`,
      on,
    },
    emoji.picture(),
  );
}

function move(grid: HTMLElement, input: HTMLInputElement, event: KeyboardEvent): void {
  const choices = [...grid.querySelectorAll<HTMLElement>('.emoji-choice')];
  const at = focusedIn(choices);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: COLUMNS,
    ArrowUp: -COLUMNS,
  };
  const step = steps[event.key];
  if (at < 0 && event.key === 'Enter') {
    event.preventDefault();
    choices[0]?.click();
  } else if (at < 0 && event.key === 'ArrowDown') {
    event.preventDefault();
    choices[0]?.focus();
  } else if (at >= 0 && step !== undefined) {
    event.preventDefault();
    (choices[at + step] ?? (step < 0 ? input : choices.at(-1)))?.focus();
  }
}
