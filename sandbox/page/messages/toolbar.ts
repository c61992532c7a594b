import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';

type IconName = keyof typeof ICONS;

/** What can be done with a message, shown while the pointer or the focus is on it. */
export function drawToolbar(page: Page, message: APIMessage): HTMLElement {
  const ephemeral = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const own = message.author.id === page.store.me?.id;
  const tool = (name: IconName, label: string, act: (at: HTMLElement) => void) =>
    h(
      'button',
      {
        'aria-label': label,
        title: label,
        tabindex: -1,
        'data-focus': `tool ${label}`,
        on: { click: ({ currentTarget }) => act(currentTarget) },
      },
      icon(ICONS[name]),
    );
  return h(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Message actions' },
    !ephemeral && [
      tool('smile', 'Add reaction', (at) => page.reactWithPicker(message, at)),
      own ? tool('pencil', 'Edit', () => page.edit(message)) : tool('reply', 'Reply', () => page.reply(message)),
    ],
    tool('more', 'More', (at) => page.openMessageMenu(message, at)),
  );
}
