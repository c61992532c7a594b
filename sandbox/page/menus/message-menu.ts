import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { commandsFor } from '../composer/commands.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';
import type { Anchor } from '../popup.ts';
import { type MenuItem, openMenu } from './menu.ts';

const MANAGE_MESSAGES = 1n << 13n;
const MESSAGE_COMMAND = 3;

/** What can be done with a message: Discord's own things, and what the bot offers for messages. */
export function openMessageMenu(page: Page, message: APIMessage, at: Anchor): void {
  const ephemeral = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const anchor = at instanceof HTMLElement ? at : document.body;
  const own: MenuItem[] = ephemeral
    ? [{ label: 'Dismiss Message', path: ICONS.close, act: () => page.dismiss(message) }]
    : [
        { label: 'Add Reaction', path: ICONS.smile, act: () => page.reactWithPicker(message, anchor) },
        ...(isMine(page, message)
          ? [{ label: 'Edit Message', path: ICONS.pencil, act: () => page.edit(message) }]
          : []),
        { label: 'Reply', path: ICONS.reply, act: () => page.reply(message) },
      ];
  const copies: MenuItem[] = [
    { label: 'Copy Text', path: ICONS.copy, act: () => copy(page, message.content) },
    { label: 'Copy Message ID', path: ICONS.copy, act: () => copy(page, message.id) },
  ];
  const remove: MenuItem = {
    label: 'Delete Message',
    path: ICONS.trash,
    danger: true,
    act: () => page.remove(message),
  };
  const apps = ephemeral ? [] : commandsFor(page, MESSAGE_COMMAND);
  openMenu(at, [
    { title: '', items: own },
    {
      title: 'Apps',
      items: apps.map(({ name }) => ({ label: name, path: ICONS.app, act: () => runOn(page, message, name) })),
    },
    { title: '', items: copies },
    { title: '', items: mayDelete(page, message) && !ephemeral ? [remove] : [] },
  ]);
}

function runOn(page: Page, message: APIMessage, name: string): void {
  void page.interact(message.channel_id, () => page.client.messageMenu(message, name), name);
}

function isMine({ store }: Page, { author }: APIMessage): boolean {
  return author.id === store.me?.id;
}

function mayDelete(page: Page, message: APIMessage): boolean {
  return isMine(page, message) || page.names.may(page.store.me?.id ?? '', MANAGE_MESSAGES);
}

export function copy(page: Page, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => page.tell('Copied'),
    () => page.tell('The browser does not let this page copy'),
  );
}
