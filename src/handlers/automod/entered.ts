import type { ModalSubmitInteraction } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { type Said, t } from '../../services/answers/words.ts';
import { namedIn } from '../../services/automod/names.ts';
import { readDuration } from '../duration-option.ts';
import { chosenIn, fieldOf } from '../find.ts';

/** What can be asked for: each has its label in the catalogue. */
export type FieldId = Key extends infer K ? (K extends `automod.form.labels.${infer F}` ? F : never) : never;

interface Between {
  readonly min: number;
  readonly max: number;
}

/** What stands in a form about a rule, read as what it has to be. UserError, which names the field, where it is not. */
export class Entered {
  readonly #interaction: ModalSubmitInteraction;

  constructor(interaction: ModalSubmitInteraction) {
    this.#interaction = interaction;
  }

  /** Nothing where it was left empty. */
  text(id: FieldId): string | undefined {
    const text = fieldOf(this.#interaction, id).trim();
    return text === '' ? undefined : text;
  }

  /** The same where something has to be written. */
  some(id: FieldId): string {
    const text = this.text(id);
    if (text === undefined) throw new UserError('automod.form.missing', { field: labelOf(id) });
    return text;
  }

  number(id: FieldId, { min, max }: Between): number {
    const text = this.text(id) ?? '';
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new UserError('automod.form.number', { field: labelOf(id), min, max });
  }

  /** Texts one a line, or set apart by commas; each once. */
  texts(id: FieldId, { most, longest }: { readonly most: number; readonly longest: number }): string[] {
    const all = (this.text(id) ?? '').split(/[\n,]/).map((text) => text.trim());
    const texts = [...new Set(all.filter((text) => text !== ''))];
    if (texts.length > most) throw new UserError('automod.form.tooMany', { field: labelOf(id), most });
    const long = texts.find((text) => text.length > longest);
    if (long !== undefined)
      throw new UserError('automod.form.tooLong', { field: labelOf(id), text: long.slice(0, 40), most: longest });
    return texts;
  }

  /** Seconds; nothing where it was left empty. */
  seconds(id: FieldId, { min, max }: Between): number | undefined {
    const text = this.text(id);
    return text === undefined ? undefined : readDuration(text, { minMs: min * 1_000, maxMs: max * 1_000 }) / 1_000;
  }

  /** The same where it has to be said. */
  span(id: FieldId, bounds: Between): number {
    const seconds = this.seconds(id, bounds);
    if (seconds === undefined) throw new UserError('automod.form.missing', { field: labelOf(id) });
    return seconds;
  }

  /** Whole hours, at least as long as was written. */
  hours(id: FieldId, { min, max }: Between): number {
    return Math.ceil(this.span(id, { min: min * 3_600, max: max * 3_600 }) / 3_600);
  }

  /** Which one was picked. */
  one<const T extends string>(id: FieldId, choices: readonly T[]): T {
    const [chosen] = chosenIn(this.#interaction, id);
    const found = choices.find((choice) => choice === chosen);
    if (found === undefined) throw new UserError('automod.form.missing', { field: labelOf(id) });
    return found;
  }

  /** Roles or channels that were picked, and those of `before` that the form could not offer: what is gone, and threads that are archived. */
  ids(id: FieldId, before: readonly string[] = []): string[] {
    const { hasRole, hasChannel } = namedIn(this.#interaction.guild);
    const unseen = before.filter((one) => !hasRole(one) && !hasChannel(one));
    return [...new Set([...chosenIn(this.#interaction, id), ...unseen])];
  }
}

/** What a field is called, in the form and where it is complained of. */
export function labelOf(id: FieldId): Said {
  return t(`automod.form.labels.${id}`);
}
