import type {
  AutocompleteInteraction,
  BaseInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Context } from '../context.ts';
import { optionName } from '../lib/option-name.ts';
import { decodeState, parseCustomId } from '../services/answers/custom-id.ts';
import { UserError } from '../services/answers/user-error.ts';
import type { Suggest } from './autocomplete.ts';
import type { AnyComponent, AnyMenu, Asked, ComponentKind, Given, Rules } from './define.ts';
import { readOptions } from './options.ts';
import { menuKey, type Registry } from './registry.ts';
import { mayUse } from './rules.ts';
import { askingOf } from './standing.ts';

/** What an interaction asks for: how it is called in logs and metrics, its rules, and the work itself. */
export interface Found {
  readonly label: string;
  readonly rules: Rules;
  /** By what name a server sets a rank for it; nothing for what nobody is kept from. */
  readonly what: string | undefined;
  /** Whether the answer replaces the message the component stands in. */
  readonly updates: boolean;
  readonly run: (asked: Asked<never>, context: Context) => Promise<Given>;
}

const NO_RULES: Rules = { where: 'anywhere', visible: 'private' };

/** Finds the handler; for what no longer exists a handler that says so, so that a person always gets an answer. */
export function findHandler(interaction: Interaction, registry: Registry, menuIds: ReadonlyMap<string, string>): Found {
  if (interaction.isChatInputCommand()) {
    const name = commandName(interaction);
    const listed = registry.commands.get(name);
    if (!listed) return gone('errors.unknownCommand');
    const { command } = listed;
    const run: Found['run'] = (asked, context) =>
      command.run({ ...asked, interaction, options: readOptions(command.options, name, interaction) }, context);
    return { label: `/${name}`, rules: command, what: name, updates: false, run };
  }
  if (interaction.isContextMenuCommand()) {
    const menu = registry.menus.get(menuIds.get(interaction.commandName) ?? '');
    const fits = menu?.kind === (interaction.isUserContextMenuCommand() ? 'user-menu' : 'message-menu');
    if (!menu || !fits) return gone('errors.unknownCommand');
    const label = `menu ${menu.id}`;
    return { label, rules: menu, what: menuKey(menu), updates: false, run: menuRun(menu, interaction) };
  }
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) return findComponent(interaction, registry);
  return gone('errors.unknownInteraction');
}

/** `automod words import`, `config general`, or the name alone. */
function commandName({ commandName: name, options }: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const path = [name, options.getSubcommandGroup(false), options.getSubcommand(false)];
  return path.filter((part) => part !== null).join(' ');
}

/** What suggests values for the option being typed; nothing when there is no such option any more, or for whoever may not use the command. */
export async function findSuggest(
  interaction: AutocompleteInteraction,
  registry: Registry,
  context: Context,
): Promise<Suggest | undefined> {
  const name = commandName(interaction);
  const command = registry.commands.get(name)?.command;
  if (!command) return undefined;
  const asking = await askingOf(interaction, context, { everybodys: !command.needs });
  if (!mayUse({ rules: command, what: name }, interaction, asking, context)) return undefined;
  const focused = interaction.options.getFocused(true).name;
  return Object.entries(command.options).find(([property]) => optionName(property) === focused)?.[1].suggest;
}

function menuRun(menu: AnyMenu, interaction: BaseInteraction): Found['run'] {
  return (asked, context) => menu.run({ ...asked, interaction } as never, context); // its kind was compared
}

type Component = Extract<Interaction, { customId: string }>;

function findComponent(interaction: Component, registry: Registry): Found {
  const id = parseCustomId(interaction.customId);
  const component = id && registry.components.get(id.name);
  if (!id || !component || !kindsOf(interaction).includes(component.kind)) return gone('errors.unknownComponent');
  const state = id.version === component.version ? decodeState(component.state, id.fields) : undefined;
  if (state === undefined) return gone('errors.outdatedComponent');
  return {
    label: `component ${component.id}`,
    rules: component,
    // What is guarded at all goes with its command; a poll's buttons are everybody's, whoever may make a poll.
    what: component.needs === undefined ? undefined : registry.owners.get(component.id),
    updates: component.updates && !(interaction.isModalSubmit() && !interaction.isFromMessage()),
    run: componentRun(component, interaction, state),
  };
}

function componentRun(component: AnyComponent, interaction: Component, state: unknown): Found['run'] {
  const values = 'values' in interaction ? interaction.values : [];
  return (asked, context) => component.run({ ...asked, interaction, state, values } as never, context); // its kind was compared
}

function kindsOf(interaction: Component): readonly ComponentKind[] {
  if (interaction.isButton()) return ['button'];
  if (interaction.isStringSelectMenu()) return ['text-select', 'select'];
  if (interaction.isAnySelectMenu()) return ['select'];
  return ['form'];
}

function gone(key: UserError['said']['key']): Found {
  const run = () => Promise.reject(new UserError(key));
  return { label: 'unknown', rules: NO_RULES, what: undefined, updates: false, run };
}

/** What was chosen in a form; empty when nothing was, or the choice is not there. */
export function choiceOf(interaction: ModalSubmitInteraction, id: string): string {
  const [chosen = ''] = interaction.fields.fields.has(id) ? interaction.fields.getStringSelectValues(id) : [];
  return chosen.toWellFormed();
}

/** A form's field as it was sent, but for what the database does not take; empty when the field is not there. */
export function fieldOf(interaction: ModalSubmitInteraction, id: string): string {
  if (!interaction.fields.fields.has(id)) return '';
  return interaction.fields.getTextInputValue(id).toWellFormed().replaceAll('\0', '');
}

/** The ids of the roles or channels, or the values, that were chosen in a form; none where the field is not there. */
export function chosenIn(interaction: ModalSubmitInteraction, id: string): readonly string[] {
  const field = interaction.fields.fields.get(id);
  return field && 'values' in field ? field.values : [];
}
