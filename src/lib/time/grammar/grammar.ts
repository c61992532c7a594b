export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What a word can mean. The parser knows these and no words; a language's file says which word means which. */
export type Meaning =
  | { readonly is: 'unit'; readonly unit: Unit }
  /** A word for several of a unit: 'fortnight'. */
  | { readonly is: 'units'; readonly amount: number; readonly unit: Unit }
  /** Number words and articles: 'an hour'. */
  | { readonly is: 'count'; readonly value: number }
  | { readonly is: 'half' }
  /** 'first' is 1, 'last' -1. */
  | { readonly is: 'ordinal'; readonly nth: number }
  /** What makes a number an ordinal: '3rd'. */
  | { readonly is: 'ordinal-ending' }
  /** 1 is Monday. `repeats` for words that say so themselves: 'mondays'. */
  | { readonly is: 'weekdays'; readonly days: readonly number[]; readonly repeats?: true }
  | { readonly is: 'month'; readonly month: number }
  /** Days from today: 'tomorrow' is 1. */
  | { readonly is: 'day'; readonly ahead: number }
  | { readonly is: 'time'; readonly time: string }
  /** A stretch of the day, and when it is if no hour is named; from `pmFrom` to 11 its hours are in the afternoon. */
  | { readonly is: 'part'; readonly time: string; readonly pmFrom?: number; readonly today?: true }
  | { readonly is: 'half-day'; readonly half: 'am' | 'pm' }
  /** 'weekly': every so many of a unit. */
  | { readonly is: 'frequency'; readonly every: number; readonly unit: Unit }
  | {
      readonly is:
        | 'every'
        | 'other' // every other week
        | 'in'
        | 'at'
        | 'next'
        | 'coming' // the same, behind what it is said of
        | 'this'
        | 'end' // end of the month
        | 'from'
        | 'until'
        | 'to' // Monday to Friday
        | 'and'
        | 'ago'
        | 'from-now'
        | 'clock' // o'clock
        | 'filler';
    };

/** How things are said back. Every text must parse to what it says. `{}` stands for what is put in. */
export interface Sayings {
  /** For `Intl.PluralRules`. */
  readonly locale: string;
  readonly units: Readonly<Record<Unit, Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>>>;
  readonly months: readonly string[];
  /** Monday first. */
  readonly weekdays: readonly string[];
  /** Any day from Monday to Friday. */
  readonly workday: string;
  /** '1st' to '31st', and 'last' for -1. */
  readonly ordinal: (nth: number) => string;
  /** A day of every month, where it is not said as an ordinal: 'día 15'. */
  readonly numbered?: (day: number) => string;
  readonly and: string;
  readonly date: string;
  readonly dayAndMonth: string;
  /** 'every day', 'every 2 days'. */
  readonly every: (what: string) => string;
  readonly everyYear: string;
  readonly on: string;
  readonly onThe: string;
  readonly lastDay: string;
  /** A day of a month that is named: 'last day of December'. */
  readonly dayOf: string;
  readonly at: string;
  readonly from: string;
  readonly until: string;
  readonly zone: string;
}

/** A language's words for time. */
export interface Grammar {
  /** Lower case; several words with one space between them are taken for one. */
  readonly words: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  readonly say: Sayings;
  /** What others read otherwise than it is read here, wherever it stands in a text. */
  readonly twoWays: readonly RegExp[];
}
