import {
  type APIApplicationCommandBasicOption,
  type APIRole,
  ApplicationCommandOptionType,
  type ChannelType,
  type ChatInputCommandInteraction,
  type GuildMember,
  type Role,
  type User,
} from 'discord.js';
import { optionName } from '../lib/option-name.ts';
import type { Spoken } from '../services/answers/spoken.ts';
import { UserError } from '../services/answers/user-error.ts';
import type { Suggest } from './autocomplete.ts';

export type ChannelOption = NonNullable<ReturnType<ChatInputCommandInteraction['options']['getChannel']>>;

/** An uploaded file as Discord describes it; nothing of it has been downloaded yet. */
export interface AttachmentOption {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly contentType: string | null;
}

/** One option of a command: how Discord is told of it and how its value is read, checked once more here. */
export interface Option<T> {
  readonly optional: boolean;
  readonly definition: Omit<APIApplicationCommandBasicOption, 'name' | 'description' | 'required'>;
  readonly suggest?: Suggest;
  /** The catalogue keys of choices stand under the option's own; the values are here. */
  readonly choices?: readonly string[];
  /** `called` is the option's name as it is said to people. */
  readonly read: (interaction: ChatInputCommandInteraction, name: string, called: Spoken) => T | undefined;
}

export type OptionSet = Readonly<Record<string, Option<unknown>>>;
export type Values<O extends OptionSet> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

interface Maybe {
  readonly optional?: boolean;
}
type Result<T, O extends Maybe> = Option<O extends { readonly optional: true } ? T | undefined : T>;

function option<T, O extends Maybe>(
  spec: O | undefined,
  type: ApplicationCommandOptionType,
  extra: object,
  read: Option<T>['read'],
  more: Partial<Option<T>> = {},
): Result<T, O> {
  const made: Option<T> = {
    optional: spec?.optional ?? false,
    definition: { type, ...extra } as Option<T>['definition'],
    read,
    ...more,
  };
  return made as Result<T, O>;
}

interface TextSpec extends Maybe {
  readonly min?: number;
  /** Longest text in characters; Discord's own limit is 6,000. */
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly autocomplete?: Suggest;
}

/** A string. With `choices` its type is their union. */
export function text<const O extends TextSpec>(
  spec?: O,
): Result<O extends { readonly choices: readonly (infer C)[] } ? C : string, O> {
  const { min = 0, max = 6_000, choices, autocomplete } = spec ?? {};
  const extra = { ...(min > 0 && { min_length: min }), max_length: max, ...(autocomplete && { autocomplete: true }) };
  const read: Option<string>['read'] = (interaction, name, called) => {
    const value = interaction.options.getString(name)?.toWellFormed().replaceAll('\0', ''); // which the database does not take
    if (value === undefined) return undefined;
    if (value.length < min || value.length > max)
      throw new UserError('errors.textLength', { option: called, min, max });
    if (choices && !choices.includes(value)) throw new UserError('errors.notAChoice', { option: called });
    return value;
  };
  return option(spec, ApplicationCommandOptionType.String, choices ? {} : extra, read, {
    ...(choices && { choices }),
    ...(autocomplete && { suggest: autocomplete }),
  }) as never;
}

interface NumberSpec extends Maybe {
  readonly min?: number;
  readonly max?: number;
}

function numeric<O extends NumberSpec>(spec: O | undefined, type: 'Integer' | 'Number'): Result<number, O> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = spec ?? {};
  const extra = {
    ...(spec?.min !== undefined && { min_value: min }),
    ...(spec?.max !== undefined && { max_value: max }),
  };
  return option(spec, ApplicationCommandOptionType[type], extra, (interaction, name, called) => {
    const value = type === 'Integer' ? interaction.options.getInteger(name) : interaction.options.getNumber(name);
    if (value === null) return undefined;
    if (!Number.isFinite(value) || (type === 'Integer' && !Number.isSafeInteger(value)) || value < min || value > max) {
      throw new UserError('errors.numberRange', { option: called, min, max });
    }
    return value;
  });
}

export function integer<const O extends NumberSpec>(spec?: O): Result<number, O> {
  return numeric(spec, 'Integer');
}

export function number<const O extends NumberSpec>(spec?: O): Result<number, O> {
  return numeric(spec, 'Number');
}

export function boolean<const O extends Maybe>(spec?: O): Result<boolean, O> {
  return option(spec, ApplicationCommandOptionType.Boolean, {}, (i, name) => i.options.getBoolean(name) ?? undefined);
}

/** A person, in this server or not. */
export function user<const O extends Maybe>(spec?: O): Result<User, O> {
  return option(spec, ApplicationCommandOptionType.User, {}, (i, name) => i.options.getUser(name) ?? undefined);
}

/** A person who is in this server; somebody who left is answered with a clear sentence. */
export function member<const O extends Maybe>(spec?: O): Result<GuildMember, O> {
  return option(spec, ApplicationCommandOptionType.User, {}, (interaction, name) => {
    const who = interaction.options.getUser(name);
    if (!who) return undefined;
    const found = interaction.options.getMember(name);
    if (found && 'guild' in found) return found;
    throw new UserError('errors.notHere', { who: who.username });
  });
}

interface ChannelSpec extends Maybe {
  readonly types?: readonly ChannelType[];
}

export function channel<const O extends ChannelSpec>(spec?: O): Result<ChannelOption, O> {
  const extra = spec?.types ? { channel_types: spec.types } : {};
  return option(spec, ApplicationCommandOptionType.Channel, extra, (interaction, name, called) => {
    const found = interaction.options.getChannel(name) ?? undefined;
    if (found && spec?.types && !spec.types.includes(found.type))
      throw new UserError('errors.channelType', { option: called });
    return found;
  });
}

export function role<const O extends Maybe>(spec?: O): Result<Role | APIRole, O> {
  return option(spec, ApplicationCommandOptionType.Role, {}, (i, name) => i.options.getRole(name) ?? undefined);
}

export type Mentionable = NonNullable<ReturnType<ChatInputCommandInteraction['options']['getMentionable']>>;

/** A person or a role. */
export function mentionable<const O extends Maybe>(spec?: O): Result<Mentionable, O> {
  return option(
    spec,
    ApplicationCommandOptionType.Mentionable,
    {},
    (i, name) => i.options.getMentionable(name) ?? undefined,
  );
}

export function attachment<const O extends Maybe>(spec?: O): Result<AttachmentOption, O> {
  return option(spec, ApplicationCommandOptionType.Attachment, {}, (interaction, name) => {
    const found = interaction.options.getAttachment(name);
    if (!found) return undefined;
    const { id, size, url, contentType } = found;
    return { id, name: found.name, size, url, contentType };
  });
}

/** Reads every option of a command, which is named by its path; a required one that is missing or unreadable is answered with a clear sentence. */
export function readOptions(
  options: OptionSet,
  command: string,
  interaction: ChatInputCommandInteraction,
): Record<string, unknown> {
  const read = Object.entries(options).map(([property, { read, optional }]) => {
    const name = optionName(property);
    const called = { command, option: property };
    const value = attempt(() => read(interaction, name, called), called);
    if (value === undefined && !optional) throw new UserError('errors.optionMissing', { option: called });
    return [property, value];
  });
  return Object.fromEntries(read);
}

function attempt<T>(read: () => T, called: Spoken): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('errors.optionUnreadable', { option: called }, { cause });
  }
}
