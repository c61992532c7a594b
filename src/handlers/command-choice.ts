import type { Context } from '../context.ts';
import type { I18n } from '../lib/i18n.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code, command, markup, t, type Words } from '../services/answers/words.ts';
import type { Choice, Typing } from './autocomplete.ts';
import { commandText } from './command-texts.ts';
import type { Rules } from './define.ts';
import { menuKey, type Registry } from './registry.ts';

const LONGEST_COMMAND = 70;
export const COMMAND_TEXT = { max: LONGEST_COMMAND } as const;

/** A command or a menu, by the name under which a server sets its rank. */
export interface Usable {
  readonly what: string;
  readonly rules: Rules;
}

/** Everything that people can be kept from, commands first; one with subcommands also as a whole. */
function usables({ commands, menus }: Registry): readonly Usable[] {
  const tops = Map.groupBy(commands.values(), ({ name }) => name.split(' ')[0] ?? name);
  const wholes = [...tops].filter(([top]) => !commands.has(top));
  return [
    ...wholes.map(([what, subs]) => ({ what, rules: together(subs.map(({ command }) => command)) })),
    ...[...commands.values()].map(({ name, command }) => ({ what: name, rules: command })),
    ...[...menus.values()].filter(({ sameAs }) => !sameAs).map((menu) => ({ what: menuKey(menu), rules: menu })),
  ];
}

/** What a command of subcommands asks for as a whole: as much as any of them. */
function together(subs: readonly Rules[]): Rules {
  const needs = subs.reduce((all, { needs = 0n }) => all | needs, 0n);
  return { needs, ownersOnly: subs.every(({ ownersOnly }) => ownersOnly === true) };
}

/** How people know it: `/config logs`, or the menu's name. What is no longer there keeps the name it is set under. */
export function shownAs(what: string, i18n: I18n): Words {
  const id = what.startsWith('menu ') ? what.slice('menu '.length) : undefined;
  if (id === undefined) return command(what);
  return i18n.has(`menus.${id}.name`) ? t(commandText(i18n, 'menus', id, 'name')) : markup(what);
}

/** Offers commands and menus whose names have what is typed in them. */
export function offerUsables({ typed, registry, interaction }: Typing, { i18n }: Context): readonly Choice[] {
  const wanted = typed.toLowerCase().replace(/^\//, '').trim();
  return usables(registry)
    .filter(({ rules }) => !rules.ownersOnly)
    .map(({ what }) => ({ name: plainly(what, i18n, interaction.locale), value: what }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, 25);
}

/** The command or menu that was chosen or written out, with or without its slash. UserError when there is none. */
export function readUsable(typed: string, registry: Registry, { i18n }: Context, locale: string): Usable {
  const wanted = typed.toLowerCase().replace(/^\//, '').trim();
  const found = usables(registry).find(
    ({ what }) => what === wanted || plainly(what, i18n, locale).toLowerCase().replace(/^\//, '') === wanted,
  );
  if (!found) throw new UserError('permissionsOf.noSuch', { name: code(typed) });
  return found;
}

function plainly(what: string, i18n: I18n, locale: string): string {
  const id = what.startsWith('menu ') ? what.slice('menu '.length) : undefined;
  return id === undefined
    ? `/${i18n.commandName(what, locale)}`
    : i18n.t(commandText(i18n, 'menus', id, 'name'), {}, locale);
}
