import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, renderPlain } from '../services/answers/words.ts';
import { ACTIONS } from '../services/moderation/actions.ts';
import { typeWords } from '../services/moderation/notice.ts';
import type { Choice, Typing } from './autocomplete.ts';

const MOST_CHOICES = 25;

/** The types of cases whose names hold what is typed. */
export function offerTypes({ typed, interaction }: Typing, context: Pick<Context, 'i18n'>): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  const reader = { i18n: context.i18n, locale: interaction.locale };
  return Object.keys(ACTIONS)
    .map((type) => ({ name: renderPlain(typeWords({ type }, context), reader), value: type }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted))
    .slice(0, MOST_CHOICES);
}

/** The type that was chosen or written. UserError with those there are. */
export function readType(typed: string): string {
  const type = typed.trim().toLowerCase();
  if (Object.hasOwn(ACTIONS, type)) return type;
  throw new UserError('cases.noSuchType', { types: list(Object.keys(ACTIONS)) });
}
