import { type Form, isRecord, present } from '../http/form.ts';
import type { Command, CommandOption } from '../state/commands.ts';

type NewCommand = Omit<Command, 'id' | 'application_id' | 'version' | 'guild_id'>;

const SLASH = 1;
const SUB = 1;
const GROUP = 2;
const STRING = 3;
const INTEGER = 4;
const CHANNEL = 7;
const NUMBER = 10;
const LAST = 11;
const MOST_TEXT = 8_000;
const NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u;

/** Reads a command to be registered, as strictly as Discord does: names, lengths, order of options, choices. */
export function readCommand(form: Form): NewCommand {
  const type = form.oneOf('type', [1, 2, 3, 4]) ?? SLASH;
  const slash = type === SLASH;
  const name = readName(form, slash);
  const description = slash ? form.needText('description', { min: 1, max: 100 }) : '';
  if (!slash && form.text('description')) {
    form.fail(
      'description',
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
      'Context menu commands cannot have description',
    );
  }
  const options = readOptions(form, 0);
  const member = form.bits('default_member_permissions');
  if (name.length + description.length + (options ?? []).reduce((sum, one) => sum + lengthOf(one), 0) > MOST_TEXT) {
    form.fail('_', 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MOST_TEXT})`);
  }
  return {
    type,
    name,
    name_localizations: localizations(form, 'name_localizations'),
    description,
    description_localizations: localizations(form, 'description_localizations'),
    default_member_permissions: member === undefined ? null : String(member),
    dm_permission: form.flag('dm_permission') ?? true,
    contexts: numbers(form, 'contexts') ?? null,
    integration_types: numbers(form, 'integration_types') ?? [0],
    nsfw: form.flag('nsfw') ?? false,
    ...(options && options.length > 0 && { options }),
  };
}

function readName(form: Form, strict: boolean): string {
  const name = form.needText('name', { min: 1, max: 32 });
  if (strict && (!NAME.test(name) || name !== name.toLowerCase())) {
    return form.fail('name', 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  return name;
}

function lengthOf({ name, description, choices, options }: CommandOption): number {
  const inside = (options ?? []).reduce((sum, one) => sum + lengthOf(one), 0);
  const chosen = (choices ?? []).reduce((sum, choice) => sum + choice.name.length + String(choice.value).length, 0);
  return name.length + description.length + inside + chosen;
}

function readOptions(form: Form, depth: number): CommandOption[] | undefined {
  const names = new Set<string>();
  let optional = false;
  return form.list(
    'options',
    (option) => {
      const read = readOption(option, depth);
      if (names.has(read.name)) {
        option.fail('name', 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
      }
      names.add(read.name);
      if (read.required && optional) {
        option.fail(
          'required',
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
      }
      optional ||= !read.required;
      return read;
    },
    { max: 25 },
  );
}

function readOption(form: Form, depth: number): CommandOption {
  form.required('type');
  const type = form.int('type', { min: SUB, max: LAST }) ?? STRING;
  if ((type === GROUP && depth > 0) || (type === SUB && depth > 1)) {
    form.fail('type', 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands cannot be nested this deep');
  }
  const inner = type <= GROUP ? readOptions(form, depth + 1) : undefined;
  const choices = readChoices(form, type);
  const autocomplete = form.flag('autocomplete');
  if (autocomplete && choices && choices.length > 0) {
    form.fail(
      'autocomplete',
      'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES',
      'Cannot have both autocomplete and choices',
    );
  }
  const nameLocalizations = localizations(form, 'name_localizations');
  const descriptionLocalizations = localizations(form, 'description_localizations');
  return {
    type,
    name: readName(form, true),
    description: form.needText('description', { min: 1, max: 100 }),
    name_localizations: nameLocalizations,
    description_localizations: descriptionLocalizations,
    ...present({
      required: form.flag('required') || undefined,
      autocomplete: autocomplete || undefined,
      choices: choices && choices.length > 0 ? choices : undefined,
      options: inner && inner.length > 0 ? inner : undefined,
      channel_types: type === CHANNEL ? numbers(form, 'channel_types') : undefined,
      min_value: type === INTEGER || type === NUMBER ? form.number('min_value') : undefined,
      max_value: type === INTEGER || type === NUMBER ? form.number('max_value') : undefined,
      min_length: type === STRING ? form.int('min_length', { min: 0, max: 6_000 }) : undefined,
      max_length: type === STRING ? form.int('max_length', { min: 1, max: 6_000 }) : undefined,
    }),
  };
}

function readChoices(form: Form, type: number) {
  return form.list(
    'choices',
    (choice) => {
      const name = choice.needText('name', { min: 1, max: 100 });
      choice.required('value');
      const value = type === STRING ? choice.needText('value', { max: 100 }) : (choice.number('value') ?? 0);
      return { name, value, name_localizations: localizations(choice, 'name_localizations') };
    },
    { max: 25 },
  );
}

function localizations(form: Form, key: string): Record<string, string> | null {
  const value = form.raw(key);
  if (!isRecord(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([locale, text]) => [locale, String(text)]));
}

function numbers(form: Form, key: string): number[] | undefined {
  return form.items(key)?.map(Number);
}
