import type { AnyComponent, AnyMenu, Command } from './define.ts';

/** A command with where it stands: its path in the list is `group/name`, with a subcommand and the group that this is of. */
export interface Listed {
  readonly group: string;
  /** `ping`, `config general` with its subcommand, `automod words import` with the group of subcommands, too. */
  readonly name: string;
  readonly command: Command;
}

/** Everything that can be asked of the bot, found by what Discord sends. */
export interface Registry {
  readonly commands: ReadonlyMap<string, Listed>;
  readonly menus: ReadonlyMap<string, AnyMenu>;
  readonly components: ReadonlyMap<string, AnyComponent>;
  /** By a component's id the name of the command it belongs to. */
  readonly owners: ReadonlyMap<string, string>;
}

/** How a menu is called where commands are called by their names: as the command that it is another way to. */
export function menuKey({ id, sameAs }: AnyMenu): string {
  return sameAs ?? `menu ${id}`;
}

/** Refuses, at start, a name or id that stands twice: the second would never be reached. */
export function createRegistry(list: Readonly<Record<string, Command>>): Registry {
  const listed = Object.entries(list).map(([path, command]): Listed => {
    const [group, ...name] = path.split('/');
    if (!group || name.length === 0 || name.length > 3)
      throw new Error(`${path}: expected group/name, with a subcommand and its group at most`);
    return { group, name: name.join(' '), command };
  });
  return {
    commands: unique(listed.map((one) => [one.name, one])),
    menus: unique(listed.flatMap(({ command }) => command.menus.map((menu) => [menu.id, menu] as const))),
    components: unique(listed.flatMap(({ command }) => command.components.map((one) => [one.id, one] as const))),
    owners: new Map(listed.flatMap(({ command, name }) => command.components.map(({ id }) => [id, name] as const))),
  };
}

function unique<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  if (map.size === entries.length) return map;
  const twice = entries.map(([id]) => id).filter((id, at, all) => all.indexOf(id) !== at);
  throw new Error(`listed twice: ${[...new Set(twice)].join(', ')}`);
}
