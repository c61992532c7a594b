import type { APIMessage } from 'discord-api-types/v10';
import { h } from '../element.ts';
import type { Page } from '../page.ts';

/** The text of one's own message, to be changed in its place. */
export function drawEditor(page: Page, message: APIMessage, onDone: () => void): HTMLElement {
  const text = h('textarea', { 'aria-label': 'Edit message', rows: 1, maxlength: 4_000, 'data-focus': 'editor' });
  text.value = message.content;
  const grow = (): void => {
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  };
  const save = (): void => {
    const content = text.value.trim();
    onDone();
    if (content === '') page.remove(message);
    else if (content !== message.content) page.attempt(() => page.client.edit(message, content));
  };
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const link = (words: string, act: () => void) =>
    h('button', { type: 'button', class: 'plain link', on: { click: act } }, words);
  requestAnimationFrame(() => {
    text.focus();
    grow();
    text.setSelectionRange(text.value.length, text.value.length);
  });
  return h(
    'div',
    { class: 'editor' },
    text,
    h('div', { class: 'editor-hint' }, 'escape to ', link('cancel', onDone), ' • enter to ', link('save', save)),
  );
}
