import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { I18n } from '../lib/i18n.ts';
import { optionName } from '../lib/option-name.ts';
import { commandText } from './command-texts.ts';
import type { AnyMenu, Rules } from './define.ts';
import type { OptionSet } from './options.ts';
import type { Listed, Registry } from './registry.ts';

type Definition = RESTPutAPIApplicationCommandsJSONBody[number];

/** Every command and menu as Discord is to know it, localised, in a fixed order. */
export function definitionsOf({ commands, menus }: Registry, i18n: I18n): readonly Definition[] {
  const tops = Map.groupBy(commands.values(), ({ name }) => name.split(' ')[0] ?? name);
  const slash = [...tops].map(([top, listed]) => slashDefinition(top, listed, i18n));
  const context = [...menus.values()].map((menu) => menuDefinition(menu, i18n));
  return [...slash, ...context].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function slashDefinition(top: string, listed: readonly Listed[], i18n: I18n): Definition {
  const [only] = listed;
  const whole = only && only.name === top ? only : undefined;
  return {
    type: ApplicationCommandType.ChatInput,
    ...texts(i18n, top, `commands.${top}`),
    options: whole ? optionsOf(whole.command.options, `commands.${top}`, i18n) : subcommands(listed, top, i18n),
    ...reach(listed.map(({ command }) => command)),
  };
}

/** The subcommands, and in place of those of a group the group, each where the first of them stands. */
function subcommands(
  listed: readonly Listed[],
  top: string,
  i18n: I18n,
): (APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption)[] {
  const groups = Map.groupBy(listed, ({ name }) => name.split(' ').slice(0, -1).join(' '));
  return [...groups].flatMap<APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption>(
    ([path, inside]) => {
      const options = inside.map((sub) => subcommand(sub, path, i18n));
      if (path === top) return options;
      const name = path.slice(top.length + 1);
      const own = texts(i18n, name, `commands.${path.replaceAll(' ', '.')}`);
      return [{ type: ApplicationCommandOptionType.SubcommandGroup, ...own, options }];
    },
  );
}

function subcommand({ name, command }: Listed, path: string, i18n: I18n): APIApplicationCommandSubcommandOption {
  const own = `commands.${name.replaceAll(' ', '.')}`;
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...texts(i18n, name.slice(path.length + 1), own),
    options: optionsOf(command.options, own, i18n),
  };
}

function menuDefinition(menu: AnyMenu, i18n: I18n): Definition {
  const name = commandText(i18n, 'menus', menu.id, 'name');
  return {
    type: menu.kind === 'user-menu' ? ApplicationCommandType.User : ApplicationCommandType.Message,
    name: i18n.t(name),
    name_localizations: i18n.localizations(name),
    ...reach([menu]),
  };
}

function texts(i18n: I18n, name: string, path: string) {
  const description = commandText(i18n, path, 'description');
  return {
    name,
    name_localizations: i18n.localizations(`${path}.name`),
    description: i18n.t(description),
    description_localizations: i18n.localizations(description),
  };
}

/** Required options first, as Discord demands. */
function optionsOf(options: OptionSet, path: string, i18n: I18n): APIApplicationCommandBasicOption[] {
  const entries = Object.entries(options).sort(([, a], [, b]) => Number(a.optional) - Number(b.optional));
  return entries.map(([property, { definition, optional, choices }]) => {
    const own = `${path}.options.${property}`;
    const named = choices?.map((value) => {
      const key = commandText(i18n, own, 'choices', value);
      return { name: i18n.t(key), name_localizations: i18n.localizations(key), value };
    });
    const made = {
      ...definition,
      ...texts(i18n, optionName(property), own),
      required: !optional,
      ...(named && { choices: named }),
    };
    return made as APIApplicationCommandBasicOption; // the builder of each option gave the fields of its own type
  });
}

/**
 * Permissions and places hold for the whole command at Discord, which shows it to whoever has all of them. Where subcommands differ
 * that is what they have in common, so that it is hidden from nobody who may use one of them; the dispatcher decides.
 */
function reach(rules: readonly Rules[]) {
  const common = rules.map((rule) => rule.needs ?? 0n).reduce((all, own) => all & own);
  // Discord cannot know who runs the bot; administrators see the command, and the dispatcher refuses them.
  const forOwners = rules.every((rule) => rule.ownersOnly);
  const anywhere = rules.some((rule) => rule.where === 'anywhere');
  return {
    default_member_permissions: forOwners ? '0' : common === 0n ? null : String(common),
    contexts: anywhere ? [InteractionContextType.Guild, InteractionContextType.BotDM] : [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}
