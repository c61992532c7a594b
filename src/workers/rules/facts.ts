import type { JudgedLink } from '../../lib/links/judge.ts';
import { threadWorked } from '../../lib/thread-worked.ts';
import { canRuleOut } from '../patterns/literals.ts';
import { type Canonical, canonical } from '../text/canonical.ts';
import { type Shape, shapeOf } from '../text/shape.ts';
import { searchWords } from '../words/search.ts';
import type { KeptLinks } from './kept-links.ts';
import { BUDGET_MS, LATEST_MS, MOST_SPANS, MOST_TEXT } from './limits.ts';
import { type Address, addressesIn, type Invite, invitesIn } from './links.ts';
import type { Loaded } from './loaded.ts';
import type { Found } from './look.ts';
import { type FormName, GROUPS } from './program.ts';
import type { Elsewhere, JudgeInput } from './verdict.ts';

/** Of what was found in another place than the text so much is told. */
const LONGEST_ELSEWHERE = 100;

/** A text that is searched, and where its units stand in the one that was written; nowhere else where that is not told. */
interface Compared {
  readonly text: string;
  readonly from: Int32Array | undefined;
}

/** Where units of a text that is compared stand in the one that was written. */
export function spanOf(places: Int32Array | undefined, from: number, to: number) {
  return { from: places?.[from] ?? from, to: places?.[to] ?? to };
}

/** One of the texts that people see of a message, in all the forms that are asked for. */
export class Part {
  readonly place: Elsewhere['place'] | 'text';
  readonly text: string;
  /** By pattern: the groups of its literals that are there. */
  literals = new Uint8Array(0);
  readonly #forms = new Map<FormName, Canonical>();
  #addresses: readonly Address[] | undefined;
  #invites: readonly Invite[] | undefined;
  #shape: Shape | undefined;
  #shows: boolean | undefined;

  constructor(place: Part['place'], text: string) {
    this.place = place;
    this.text = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text;
  }

  /** The texts that words are looked for in: as it is compared, and what else it may be read as. */
  compared(form: FormName): readonly Compared[] {
    if (form === 'small') return [{ text: this.text.toLowerCase(), from: undefined }];
    const made = this.canonical(form === 'leet');
    return made.readings ? [made, made.readings] : [made];
  }

  canonical(leet = false): Canonical {
    const name = leet ? 'leet' : 'canonical';
    const known = this.#forms.get(name);
    if (known) return known;
    const made = canonical(this.text, { leet });
    this.#forms.set(name, made);
    return made;
  }

  /** Whether a pattern can be ruled out here by letters that are missing. */
  lacks(pattern: number, groups: number): boolean {
    if (groups === 0 || this.literals[pattern] === (1 << groups) - 1) return false;
    this.#shows ??= canRuleOut(this.canonical().text) && canRuleOut(this.text.toLowerCase());
    return this.#shows;
  }

  get addresses(): readonly Address[] {
    this.#addresses ??= addressesIn(this.text);
    return this.#addresses;
  }

  get invites(): readonly Invite[] {
    this.#invites ??= invitesIn(this.canonical().text);
    return this.#invites;
  }

  get shape(): Shape {
    this.#shape ??= shapeOf(this.text);
    return this.#shape;
  }
}

/** A place in one of a message's texts. */
export interface Spot {
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

interface WordSpot extends Spot {
  /** In the form that was searched. */
  readonly word: string;
}

/** What can be said of one message, each worked out when it is first asked for. */
export class Facts {
  readonly input: JudgeInput;
  readonly loaded: Loaded;
  readonly parts: readonly Part[];
  readonly #links: KeptLinks;
  readonly #began = performance.now();
  #workedBefore: number | undefined;
  readonly #words: (WordSpot[] | undefined)[] = [];

  constructor(input: JudgeInput, loaded: Loaded, links: KeptLinks) {
    this.input = input;
    this.loaded = loaded;
    this.#links = links;
    this.parts = partsOf(input);
  }

  /** Whether links and patterns have had all the time that there is for them: of this thread, which others may keep from working. */
  get outOfTime(): boolean {
    this.#workedBefore ??= threadWorked();
    const passed = performance.now() - this.#began;
    if (passed <= BUDGET_MS) return false;
    return passed > LATEST_MS || threadWorked() - this.#workedBefore > BUDGET_MS;
  }

  /** What people write themselves: its form is theirs. */
  get written(): readonly Part[] {
    return this.parts.filter(({ place }) => place === 'text' || place === 'forwarded' || place === 'poll');
  }

  /** Looks once for all words and literals of all rules. */
  search(): void {
    for (const [form, { automaton, meanings }] of this.loaded.forms)
      for (const part of this.parts) this.#search(part, form, automaton, meanings);
  }

  /** Where words of a scope are. */
  words(scope: number): readonly WordSpot[] | undefined {
    return this.#words[scope];
  }

  judged({ url, shown }: Address): JudgedLink {
    return this.#links.judged(url, shown);
  }

  #search(part: Part, form: FormName, automaton: Int32Array, meanings: Int32Array): void {
    if (part.text === '') return;
    if (part.literals.length === 0) part.literals = new Uint8Array(this.loaded.head.patterns.length);
    for (const { text, from: places } of part.compared(form)) {
      const note = (term: number, from: number, to: number, scope: number) => {
        const meaning = meanings[term] ?? 0;
        // A literal that only a reading has is one that its pattern does not see; that costs a look, and is right all the same.
        if (meaning < 0) noteLiteral(part.literals, -1 - meaning);
        else this.#noteWord(scope, { part, ...spanOf(places, from, to), word: text.slice(from, to) });
        return false;
      };
      searchWords(automaton, text, note, this.loaded.takers);
    }
  }

  #noteWord(scope: number, spot: WordSpot): void {
    const known = this.#words[scope];
    if (!known) this.#words[scope] = [spot];
    // Other readings of a text have words of it as they are.
    else if (known.length < MOST_SPANS && !known.some((one) => isSame(one, spot))) known.push(spot);
  }
}

function isSame(one: Spot, other: Spot): boolean {
  return one.part === other.part && one.from === other.from && one.to === other.to;
}

function noteLiteral(literals: Uint8Array, group: number): void {
  const pattern = Math.floor(group / GROUPS);
  literals[pattern] = (literals[pattern] ?? 0) | (1 << (group % GROUPS));
}

function partsOf({ text, shown }: JudgeInput): readonly Part[] {
  const own = new Part('text', text);
  if (!shown) return [own];
  const { forwarded, embeds, poll, files, stickers } = shown;
  const others = { forwarded, embeds, poll, files: files?.join('\n'), stickers: stickers?.join('\n') };
  const parts = PLACES.flatMap((place) => (others[place] ? [new Part(place, others[place])] : []));
  return [own, ...parts];
}

const PLACES = ['forwarded', 'embeds', 'poll', 'files', 'stickers'] as const;

/** Places as they are told: those in the text by where they are, those elsewhere by what stands there. */
export function foundAt(spots: readonly Spot[], details: Found['details']): Found {
  const few = spots.slice(0, MOST_SPANS);
  return {
    spans: few.filter(({ part }) => part.place === 'text').map(({ from, to }) => [from, to] as const),
    elsewhere: few.flatMap(({ part: { place, text }, from, to }) =>
      place === 'text'
        ? []
        : [{ place, text: text.slice(from, Math.min(to, from + LONGEST_ELSEWHERE)).toWellFormed() }],
    ),
    details,
  };
}
