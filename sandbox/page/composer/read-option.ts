import { ApplicationCommandOptionType as T } from 'discord-api-types/v10';
import type { CommandOption } from '../../server/state/commands.ts';

export type Read =
  | { readonly ok: true; readonly value: string | number | boolean | undefined }
  | { readonly ok: false; readonly complaint: string };

const NAMED: readonly number[] = [T.User, T.Channel, T.Role, T.Mentionable];
const KIND: Readonly<Record<number, string>> = {
  [T.User]: 'a member',
  [T.Channel]: 'a channel',
  [T.Role]: 'a role',
  [T.Mentionable]: 'a member or role',
};

/** What was typed (or `picked` from a list) as the value of an option, or why it is none. Empty and optional is undefined. */
export function readOption(option: CommandOption, typed: string, picked: string | undefined): Read {
  if (typed === '') return option.required ? bad('This option is required') : good(undefined);
  if (option.choices && option.choices.length > 0) return readChoice(option, typed, picked);
  if (NAMED.includes(option.type))
    return picked === undefined ? bad(`Choose ${KIND[option.type]} from the list`) : good(picked);
  if (option.type === T.Boolean) return readBoolean(typed);
  const value = option.autocomplete && picked !== undefined ? picked : typed;
  if (option.type === T.Integer) return readNumber(option, value, /^-?\d+$/, 'Enter a whole number');
  if (option.type === T.Number) return readNumber(option, value, /^-?(?:\d+\.?\d*|\.\d+)$/, 'Enter a number');
  return readText(option, value);
}

function good(value: string | number | boolean | undefined): Read {
  return { ok: true, value };
}

function bad(complaint: string): Read {
  return { ok: false, complaint };
}

function readChoice({ choices = [] }: CommandOption, typed: string, picked: string | undefined): Read {
  const wanted = typed.trim().toLowerCase();
  const choice = choices.find(({ name, value }) => String(value) === picked || name.toLowerCase() === wanted);
  return choice ? good(choice.value) : bad('Choose one from the list');
}

function readBoolean(typed: string): Read {
  const word = typed.trim().toLowerCase();
  return word === 'true' || word === 'false' ? good(word === 'true') : bad('Choose True or False');
}

function readNumber(option: CommandOption, typed: string, form: RegExp, complaint: string): Read {
  const value = Number(typed.trim());
  if (!form.test(typed.trim()) || !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return bad(complaint);
  if (option.min_value !== undefined && value < option.min_value) return bad(`At least ${option.min_value}`);
  if (option.max_value !== undefined && value > option.max_value) return bad(`At most ${option.max_value}`);
  return good(value);
}

function readText(option: CommandOption, typed: string): Read {
  if (option.min_length !== undefined && typed.length < option.min_length)
    return bad(`At least ${option.min_length} characters`);
  if (option.max_length !== undefined && typed.length > option.max_length)
    return bad(`At most ${option.max_length} characters`);
  return good(typed);
}
