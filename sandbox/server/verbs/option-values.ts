import { ApplicationCommandOptionType as T } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { isRecord } from '../http/form.ts';
import type { Id } from '../snowflake.ts';
import { storeAttachment } from '../state/attachments.ts';
import type { Command, CommandOption } from '../state/commands.ts';
import type { UploadedFile } from '../state/file-store.ts';
import { Resolved } from './resolved.ts';
import { channelOf, personId, roleId, type World } from './world.ts';

export type OptionValue = string | number | boolean | UploadedFile;
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

export interface DataOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly DataOption[];
}

export interface Filling {
  readonly world: World;
  readonly channel: Id;
  readonly unchecked: boolean;
  readonly focused?: string;
  /** Autocomplete asks while the rest is not filled in yet. */
  readonly partial?: boolean;
}

/** The options of an interaction, from values by name: checked against the command as Discord's client does. */
export function fillOptions(
  command: Command | undefined,
  path: readonly string[],
  values: OptionValues,
  filling: Filling,
): { options: DataOption[]; resolved: Resolved } {
  const resolved = new Resolved(filling.world);
  const [sub, ...deeper] = path;
  if (sub === undefined) {
    const options = fillLevel(command?.options ?? [], values, filling, resolved, command?.name ?? '?');
    return { options, resolved };
  }
  const definition = command?.options?.find(({ name, type }) => name === sub && type <= T.SubcommandGroup);
  if (!definition && !filling.unchecked) {
    throw new SandboxError(`/${command?.name} has no subcommand "${sub}"`);
  }
  const inner = deeper[0];
  const leaf = inner === undefined ? definition : definition?.options?.find(({ name }) => name === inner);
  if (!leaf && !filling.unchecked) throw new SandboxError(`/${command?.name} ${sub} has no subcommand "${inner}"`);
  const filled = fillLevel(leaf?.options ?? [], values, filling, resolved, [command?.name, ...path].join(' '));
  const innermost: DataOption = { name: inner ?? sub, type: T.Subcommand, options: filled };
  const options = inner === undefined ? [innermost] : [{ name: sub, type: T.SubcommandGroup, options: [innermost] }];
  return { options, resolved };
}

function fillLevel(
  definitions: readonly CommandOption[],
  values: OptionValues,
  filling: Filling,
  resolved: Resolved,
  name: string,
): DataOption[] {
  if (!filling.unchecked) {
    if (definitions.some(({ type }) => type <= T.SubcommandGroup)) {
      throw new SandboxError(`/${name} needs a subcommand: ${definitions.map((one) => one.name).join(', ')}`);
    }
    const stray = Object.keys(values).find((key) => !definitions.some((one) => one.name === key));
    if (stray !== undefined) throw new SandboxError(`/${name} has no option "${stray}"`);
    const missing = definitions.find((one) => one.required && values[one.name] === undefined);
    if (missing && !filling.partial) throw new SandboxError(`/${name} needs its option "${missing.name}"`);
  }
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const definition = definitions.find((one) => one.name === key) ?? guess(key, value);
    if (!filling.unchecked && key !== filling.focused) refuseBad(definition, value, name);
    const wire = toWire(definition, value, filling, resolved);
    const focused = key === filling.focused;
    return [{ name: key, type: definition.type, value: focused ? String(value) : wire, ...(focused && { focused }) }];
  });
}

function guess(name: string, value: OptionValue): CommandOption {
  const byKind = { string: T.String, boolean: T.Boolean, number: T.Number, object: T.Attachment } as const;
  const kind = typeof value;
  const type =
    kind === 'number' && Number.isInteger(value)
      ? T.Integer
      : kind in byKind
        ? byKind[kind as keyof typeof byKind]
        : T.String;
  return { name, description: name, type };
}

function toWire(definition: CommandOption, value: OptionValue, filling: Filling, resolved: Resolved) {
  const { world, channel } = filling;
  if (isFile(value)) return resolved.addAttachment(storeAttachment(world.state, channel, value, true));
  switch (definition.type) {
    case T.User:
      return resolved.addUser(personId(world, String(value)));
    case T.Channel:
      return resolved.addChannel(channelOf(world, String(value), world.state.bot.id));
    case T.Role:
      return resolved.addRole(roleId(world, String(value)));
    case T.Mentionable:
      return resolved.addMentionable(String(value));
    default:
      return value;
  }
}

function isFile(value: OptionValue): value is UploadedFile {
  return isRecord(value);
}

function refuseBad(option: CommandOption, value: OptionValue, name: string): void {
  const fail = (why: string): void => {
    throw new SandboxError(`/${name} ${option.name}: ${why} (pass { unchecked: true } to send it all the same)`);
  };
  const { type, choices } = option;
  if (type === T.Attachment && !isFile(value)) fail('wants a file { name, bytes }');
  if (type === T.Boolean && typeof value !== 'boolean') fail('wants true or false');
  if (choices && !choices.some((choice) => choice.value === value)) {
    fail(`is one of ${choices.map((choice) => choice.value).join(', ')}`);
  }
  if (type === T.Integer || type === T.Number) {
    if (typeof value !== 'number') fail('wants a number');
    if (type === T.Integer && !Number.isInteger(value)) fail('wants a whole number');
    if (option.min_value !== undefined && Number(value) < option.min_value) fail(`is at least ${option.min_value}`);
    if (option.max_value !== undefined && Number(value) > option.max_value) fail(`is at most ${option.max_value}`);
  }
  if (type !== T.String) return;
  if (typeof value !== 'string') fail('wants a text');
  const { length } = String(value);
  if (option.min_length !== undefined && length < option.min_length)
    fail(`has at least ${option.min_length} characters`);
  if (length > (option.max_length ?? 6_000)) fail(`has at most ${option.max_length ?? 6_000} characters`);
}
