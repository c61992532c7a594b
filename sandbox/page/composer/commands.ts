import type { Command, CommandOption } from '../../server/state/commands.ts';
import type { Page } from '../page.ts';

const SLASH = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

/** What can be typed after the slash: a command, or one of its subcommands. */
export interface Leaf {
  /** `config logs` */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

/** Everything a person may run, by name. */
export function leavesFor(page: Page): Leaf[] {
  return commandsFor(page, SLASH)
    .flatMap(leavesOf)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The commands of one kind (1 slash, 2 on people, 3 on messages) that Discord would show this person. */
export function commandsFor({ store, names }: Page, type: number): Command[] {
  const me = store.me?.id ?? '';
  const inServer = store.channels.get(store.current ?? '')?.guild_id !== undefined;
  return store.commands.filter((command) => {
    if (command.type !== type || !(inServer || command.dm_permission)) return false;
    const needed = command.default_member_permissions;
    return needed === null || !inServer || names.may(me, BigInt(needed) || ADMINISTRATOR);
  });
}

const ADMINISTRATOR = 8n;

function leavesOf({ name, description, options }: Command): Leaf[] {
  return below(name, description, options ?? []);
}

function below(name: string, description: string, options: readonly CommandOption[]): Leaf[] {
  const inner = options.filter(({ type }) => type === SUBCOMMAND || type === GROUP);
  if (inner.length === 0) return [{ name, description, options }];
  return inner.flatMap((one) => below(`${name} ${one.name}`, one.description, one.options ?? []));
}

/** Those that fit what was typed: names that begin with it first, then names and descriptions that hold it. */
export function search(leaves: readonly Leaf[], typed: string): Leaf[] {
  const wanted = typed.toLowerCase();
  const begins = leaves.filter(({ name }) => name.startsWith(wanted));
  const holds = leaves.filter((leaf) => {
    return !begins.includes(leaf) && `${leaf.name} ${leaf.description}`.toLowerCase().includes(wanted);
  });
  return [...begins, ...holds];
}
