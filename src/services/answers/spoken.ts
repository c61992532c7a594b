import { languageOf } from '../../lib/languages.ts';
import { sizeText } from '../../lib/size-text.ts';
import { grammarOf } from '../../lib/time/grammar/grammars.ts';
import type { When } from '../../lib/time/parse.ts';
import { sayDuration, sayWhen } from '../../lib/time/say.ts';
import { type NamedDay, sayDay } from '../../lib/time/say-date.ts';
import type { Reader } from './words.ts';

/** What each language says by rules of its own. Plain data, to be said when it is known who reads. */
export type Spoken =
  /** A span of time, in milliseconds. */
  | { readonly span: number }
  /** A day: '5 January 2027'. */
  | { readonly day: NamedDay }
  /** A moment or a repetition, zone included. */
  | { readonly when: When }
  /** A number with its separators. */
  | { readonly amount: number }
  /** How large a file is: '1.2 MB'. */
  | { readonly bytes: number }
  /** A command by its path, such as `config logs`, or an option of it by the name of its property. */
  | { readonly command: string; readonly option?: string };

/** In the reader's language. A command begins with its slash. */
export function speak(spoken: Spoken, { i18n, locale }: Reader): string {
  if ('span' in spoken) return sayDuration(spoken.span, grammarOf(locale));
  if ('day' in spoken) return sayDay(spoken.day, grammarOf(locale));
  if ('when' in spoken) return sayWhen(spoken.when, grammarOf(locale));
  if ('amount' in spoken) return new Intl.NumberFormat(languageOf(locale)).format(spoken.amount);
  if ('bytes' in spoken) return sizeText(spoken.bytes, languageOf(locale));
  const { command, option } = spoken;
  return option === undefined ? `/${i18n.commandName(command, locale)}` : i18n.optionName(command, option, locale);
}
