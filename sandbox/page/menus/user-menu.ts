import { commandsFor } from '../composer/commands.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';
import type { Anchor } from '../popup.ts';
import { type MenuItem, openMenu } from './menu.ts';
import { copy } from './message-menu.ts';

const USER_COMMAND = 2;

/** What can be done with a person, and what the bot offers for people. */
export function openUserMenu(page: Page, id: string, at: Anchor): void {
  const { store, names, client } = page;
  const channel = store.current ?? '';
  const seeded = store.people.some((one) => one.id === id) || names.member(id) !== undefined;
  const act: MenuItem = { label: `Act as ${names.user(id)}`, path: ICONS.person, act: () => page.actAs(id) };
  const canAct = seeded && id !== store.me?.id && !store.users.get(id)?.bot;
  openMenu(at, [
    {
      title: names.user(id),
      items: [{ label: 'Mention', path: ICONS.at, act: () => page.mention(id) }, ...(canAct ? [act] : [])],
    },
    {
      title: 'Apps',
      items: commandsFor(page, USER_COMMAND).map(({ name }) => ({
        label: name,
        path: ICONS.app,
        act: () => void page.interact(channel, () => client.userMenu(channel, name, id), name),
      })),
    },
    { title: '', items: [{ label: 'Copy User ID', path: ICONS.copy, act: () => copy(page, id) }] },
  ]);
}
