import type { Page } from '../page.ts';

/** Keys on a message: arrows walk through the messages, right enters its buttons, and letters act as in Discord. */
export function moveInList(page: Page, event: KeyboardEvent): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const row = target.closest<HTMLElement>('.row');
  if (!row) return;
  if (target !== row) return void moveInToolbar(row, target, event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const to = neighbour(row, event.key);
  if (to) {
    to.tabIndex = 0;
    row.tabIndex = -1;
    to.focus();
    to.scrollIntoView({ block: 'nearest' });
  } else if (!actOn(page, row, event)) return;
  event.preventDefault();
}

function neighbour(row: HTMLElement, key: string): HTMLElement | null | undefined {
  const rows = [...(row.closest('.rows')?.querySelectorAll<HTMLElement>('.row') ?? [])];
  const at = rows.indexOf(row);
  switch (key) {
    case 'ArrowUp':
      return rows[at - 1] ?? row;
    case 'ArrowDown':
      return rows[at + 1] ?? row;
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
    case 'ArrowRight':
      return row.querySelector<HTMLElement>('.toolbar button');
    default:
      return undefined;
  }
}

function actOn(page: Page, row: HTMLElement, { key, shiftKey }: KeyboardEvent): boolean {
  const message = page.store.message(page.store.current ?? '', row.dataset.id ?? '');
  if (!message) return false;
  const own = message.author.id === page.store.me?.id;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey) || key === 'Enter') page.openMessageMenu(message, row);
  else if (key === 'e' && own) page.edit(message);
  else if (key === 'r') page.reply(message);
  else if (key === '+') page.reactWithPicker(message, row);
  else if (key === 'Delete') page.remove(message);
  else if (key === 'Escape') page.focusComposer();
  else return false;
  return true;
}

function moveInToolbar(row: HTMLElement, target: HTMLElement, event: KeyboardEvent): void {
  const toolbar = target.closest('.toolbar');
  if (event.key === 'Escape' && !target.matches('textarea')) {
    event.preventDefault();
    row.focus();
  }
  if (!toolbar) return;
  const buttons = [...toolbar.querySelectorAll<HTMLElement>('button')];
  const at = buttons.indexOf(target);
  if (event.key === 'ArrowRight') buttons[(at + 1) % buttons.length]?.focus();
  else if (event.key === 'ArrowLeft') (buttons[at - 1] ?? row).focus();
  else return;
  event.preventDefault();
}
