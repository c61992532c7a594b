import { h, icon } from '../element.ts';
import { EMOJIS } from '../emojis.ts';
import { ICONS } from '../icons.ts';
import type { Choosable } from '../listbox.ts';
import type { Page } from '../page.ts';
import { candidates, people } from '../people/candidates.ts';
import { leavesFor, search } from './commands.ts';

/** What is offered for the text before the caret. Picking replaces `from` to the caret, or starts a command. */
export interface Suggestions {
  readonly kind: 'command' | 'text';
  readonly title: string;
  readonly from: number;
  readonly items: readonly Choosable[];
}

const MOST = 50;
const WORD = /(?:^|\s)([@#:])([\p{L}\p{N}_+-]{0,32})$/u;

/** Commands after a leading slash; people, channels and emoji after `@`, `#` and `:`. */
export function suggest(page: Page, text: string, caret: number): Suggestions | undefined {
  const before = text.slice(0, caret);
  if (/^\/[^\n]{0,99}$/.test(before) && caret === text.length) return commands(page, before.slice(1));
  const [, sign, typed = ''] = WORD.exec(before) ?? [];
  if (sign === undefined || (sign === ':' && typed.length < 2)) return undefined;
  const items = named(page, sign, typed.toLowerCase());
  if (items.length === 0) return undefined;
  const title = sign === '@' ? 'Members' : sign === '#' ? 'Channels' : 'Emoji';
  return { kind: 'text', title, from: caret - typed.length - 1, items };
}

function commands(page: Page, typed: string): Suggestions {
  const leaves = search(leavesFor(page), typed.trim());
  const bot = page.store.bot;
  const items = leaves.slice(0, MOST).map(({ name, description }) => ({
    value: name,
    label: `/${name}`,
    detail: description,
    aside: bot?.username,
    picture: h('img', { class: 'choice-avatar', src: page.names.avatar(bot?.id ?? '', 32), alt: '' }),
  }));
  return { kind: 'command', title: bot?.username ?? 'Commands', from: 0, items };
}

function named(page: Page, sign: string, typed: string): Choosable[] {
  const fits = ({ label, detail }: Choosable): boolean => `${label} ${detail ?? ''}`.toLowerCase().includes(typed);
  if (sign === ':') return emojis(page, typed);
  if (sign === '#')
    return candidates(page, 'channel')
      .filter(fits)
      .slice(0, 10)
      .map((one) => ({ ...one, value: `<#${one.value}> ` }));
  const all = [...people(page).map((one) => ({ ...one, value: `<@${one.value}> ` })), ...roles(page)];
  return all.filter(fits).slice(0, 10);
}

function roles(page: Page): Choosable[] {
  return candidates(page, 'role')
    .filter(({ label }) => label !== '@everyone')
    .map((one) => ({ ...one, value: `<@&${one.value}> `, detail: 'role', picture: icon(ICONS.members, 18) }));
}

function emojis(page: Page, typed: string): Choosable[] {
  const own = [...(page.names.guild()?.emojis.values() ?? [])].map(({ id, name, animated }) => ({
    value: `<${animated ? 'a' : ''}:${name}:${id}> `,
    label: `:${name}:`,
    picture: h('img', { class: 'emoji', src: `/emojis/${id}.png?size=48`, alt: '' }),
  }));
  const known = Object.entries(EMOJIS).map(([emoji, name]) => ({
    value: `${emoji} `,
    label: `:${name}:`,
    picture: h('span', { class: 'emoji' }, emoji),
  }));
  return [...own, ...known].filter(({ label }) => label.toLowerCase().includes(typed)).slice(0, 10);
}
