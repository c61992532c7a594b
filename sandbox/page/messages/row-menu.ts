import type { Page } from '../page.ts';
import { onceReleased } from '../popup.ts';

/** The menu of the message, or of its author when that is what was pressed. By the menu key it opens at the row. */
export function openRowMenu(page: Page, event: MouseEvent): void {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
  const message = row && page.store.message(page.store.current ?? '', row.dataset.id ?? '');
  if (!message || (event.target instanceof Element && event.target.closest('a, img.media'))) return;
  event.preventDefault();
  const path = event.composedPath();
  const onPerson = path.find(
    (one) => one instanceof HTMLElement && one.matches('.discord-author-avatar, .discord-author-username, [data-user]'),
  );
  // The menu key has no point; then the row is the place.
  const at = event.clientX === 0 && event.clientY === 0 ? row : { x: event.clientX, y: event.clientY };
  onceReleased(event, () => {
    if (onPerson instanceof HTMLElement) page.openUserMenu(onPerson.dataset.user ?? message.author.id, at);
    else page.openMessageMenu(message, at);
  });
}
