import { h } from '../element.ts';
import type { Page } from '../page.ts';

/** Something that only this page knows of: a command on its way, or one that failed. */
export interface Notice {
  readonly text: string;
  readonly label: string | undefined;
  readonly failed: boolean;
}

export function drawNotice(page: Page, { text, label, failed }: Notice, onDismiss: () => void): HTMLElement {
  const bot = page.store.bot;
  return h(
    'div',
    { class: failed ? 'notice failed' : 'notice', role: failed ? 'alert' : 'status' },
    h('img', { class: 'notice-avatar', src: page.names.avatar(bot?.id ?? ''), alt: '' }),
    h(
      'div',
      {},
      h(
        'div',
        {},
        h('strong', {}, page.names.user(bot?.id ?? '')),
        h('span', { class: 'tag' }, 'APP'),
        label && h('span', { class: 'muted' }, ` ${label}`),
      ),
      h(
        'div',
        { class: 'notice-text' },
        !failed && h('span', { class: 'dots', 'aria-hidden': true }, h('i'), h('i'), h('i')),
        text,
      ),
      failed &&
        h(
          'div',
          { class: 'notice-foot' },
          'Only you can see this • ',
          h('button', { class: 'plain link', on: { click: onDismiss } }, 'Dismiss message'),
        ),
    ),
  );
}
