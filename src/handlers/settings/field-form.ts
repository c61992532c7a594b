import type { Guild, ModalSubmitInteraction } from 'discord.js';
import { sayZone } from '../../lib/time/offsets.ts';
import { zoneMeant } from '../../lib/time/zones.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t, type Words } from '../../services/answers/words.ts';
import { choiceWords, labelOf } from '../../services/settings/area-words.ts';
import type { Property } from '../../services/settings/property-form.ts';
import { mustBeWritable, TEXT_CHANNELS } from '../channel-setting.ts';
import { chosenIn, fieldOf } from '../find.ts';
import type { AnyField } from '../form.ts';

const FIELD = 'value';
/** What a menu of a form takes. */
const MOST_PICKED = 25;
/** What a text input takes. */
const LONGEST_INPUT = 4_000;
/** From so many letters on a text gets a large input. */
const LONG = 100;

/** The field in which a setting is filled in, with what it has; nothing for one that has a command of its own. */
export function fieldFor(property: Property, value: unknown, guild: Guild): AnyField | undefined {
  const { form } = property;
  const base = { id: FIELD, label: labelOf(property) };
  const given = typeof value === 'string' ? value : '';
  switch (form.kind) {
    case 'channel':
      return {
        ...base,
        of: 'channel',
        required: false,
        channelTypes: TEXT_CHANNELS,
        chosen: guild.channels.cache.has(given) ? [given] : [],
      };
    case 'role':
      return { ...base, of: 'role', required: false, chosen: guild.roles.cache.has(given) ? [given] : [] };
    case 'channels':
    case 'roles': {
      const of = form.kind === 'channels' ? 'channel' : 'role';
      const there = (id: string) => (of === 'channel' ? guild.channels : guild.roles).cache.has(id);
      return { ...base, of, required: false, max: MOST_PICKED, chosen: textsIn(value).filter(there) };
    }
    case 'yesNo':
      return { ...base, options: [true, false].map((one) => optionOf(String(one), yesNo(one), one === value)) };
    case 'choice':
      return { ...base, options: form.values.map((one) => optionOf(one, choiceWords(property, one), one === value)) };
    case 'choices': {
      const chosen = textsIn(value);
      const options = form.values.map((one) => optionOf(one, choiceWords(property, one), chosen.includes(one)));
      return { ...base, options, several: true };
    }
    case 'number':
      return { ...base, value: String(value), max: 12, placeholder: `${form.minimum} – ${form.maximum}` };
    case 'zone':
      return { ...base, value: sayZone(given), max: 64 };
    case 'text':
      return { ...base, value: given, required: false, max: form.most, ...(form.most > LONG && { long: true }) };
    case 'texts': {
      const placeholder = t('settings.section.lines');
      const text = textsIn(value).join('\n').slice(0, LONGEST_INPUT);
      return { ...base, value: text, required: false, max: LONGEST_INPUT, long: true, placeholder };
    }
    case 'own':
      return undefined;
    default: {
      const never: never = form;
      return never;
    }
  }
}

/** What was filled in; null takes the setting away. UserError for what is none. */
export function enteredIn(property: Property, interaction: ModalSubmitInteraction): unknown {
  const { form } = property;
  switch (form.kind) {
    case 'channel':
    case 'role': {
      const [id = null] = chosenIn(interaction, FIELD);
      if (id !== null && form.kind === 'channel') mustBeWritable(id, labelOf(property), interaction.guild);
      return id;
    }
    case 'channels':
    case 'roles':
    case 'choices':
      return [...chosenIn(interaction, FIELD)];
    case 'yesNo':
      return chosenIn(interaction, FIELD)[0] === 'true';
    case 'choice':
      return chosenIn(interaction, FIELD)[0] ?? null;
    case 'number':
      return numberIn(fieldOf(interaction, FIELD), property, form);
    case 'zone':
      return zoneIn(fieldOf(interaction, FIELD));
    case 'text':
      return fieldOf(interaction, FIELD).trim() || null;
    case 'texts':
      return linesIn(fieldOf(interaction, FIELD));
    case 'own':
      throw new UserError('settings.section.noSuchSetting');
    default: {
      const never: never = form;
      return never;
    }
  }
}

function numberIn(
  text: string,
  property: Property,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): number {
  const number = /^\s*\d[\d,]*\s*$/.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  throw new UserError('errors.numberRange', {
    option: labelOf(property),
    min: minimum.toLocaleString('en'),
    max: maximum.toLocaleString('en'),
  });
}

function zoneIn(text: string): string {
  const zone = zoneMeant(text);
  if (zone === undefined) throw new UserError('settings.section.notAZone', { zone: text.slice(0, 64) });
  return zone;
}

function linesIn(text: string): readonly string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

function yesNo(yes: boolean): Words {
  return t(yes ? 'settings.yes' : 'settings.no');
}

function optionOf(value: string, label: Words, selected: boolean) {
  return { value, label, selected };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
