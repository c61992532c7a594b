import type { Listed } from '../../lib/links/domain-list.ts';
import { type JudgedLink, judgeLink } from '../../lib/links/judge.ts';
import { canRuleOut } from '../patterns/literals.ts';
import { type Canonical, canonical } from '../text/canonical.ts';
import { type Shape, shapeOf } from '../text/shape.ts';
import { searchWords } from '../words/search.ts';
import { BUDGET_MS, MOST_SPANS, MOST_TEXT } from './limits.ts';
import { type Address, addressesIn, type Invite, invitesIn } from './links.ts';
import type { Loaded } from './loaded.ts';
import type { Found } from './look.ts';
import { type FormName, GROUPS } from './program.ts';
import type { Elsewhere, JudgeInput } from './verdict.ts';

/** Of what was found in another place than the text so much is told. */
const LONGEST_ELSEWHERE = 100;

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

  form(name: FormName): string {
    return name === 'small' ? this.text.toLowerCase() : this.canonical(name === 'leet').text;
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
  lacks(pattern: number, groups: number, form: FormName): boolean {
    if (groups === 0 || this.literals[pattern] === (1 << groups) - 1) return false;
    this.#shows ??= canRuleOut(this.form('canonical')) && canRuleOut(this.form('small'));
    return this.#shows && form !== 'leet';
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

/** A form of a text, or how it may also be read; without places each unit stands where it does in the text. */
interface Searched {
  readonly text: string;
  readonly from?: Int32Array | undefined;
}

/** What can be said of one message, each worked out when it is first asked for. */
export class Facts {
  readonly input: JudgeInput;
  readonly loaded: Loaded;
  readonly parts: readonly Part[];
  readonly #listed: Listed;
  readonly #until = performance.now() + BUDGET_MS;
  readonly #words: (WordSpot[] | undefined)[] = [];
  readonly #judged = new Map<Address, JudgedLink>();

  constructor(input: JudgeInput, loaded: Loaded, listed: Listed) {
    this.input = input;
    this.loaded = loaded;
    this.#listed = listed;
    this.parts = partsOf(input);
  }

  /** Whether links and patterns have had all the time that there is for them. */
  get outOfTime(): boolean {
    return performance.now() > this.#until;
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

  /** Where words of a set are. */
  words(set: number): readonly WordSpot[] | undefined {
    return this.#words[set];
  }

  judged(address: Address): JudgedLink {
    const known = this.#judged.get(address);
    if (known) return known;
    const judged = judgeLink(address.url, address.shown, this.#listed);
    this.#judged.set(address, judged);
    return judged;
  }

  #search(part: Part, form: FormName, automaton: Int32Array, meanings: Int32Array): void {
    const text = part.form(form);
    if (text === '') return;
    part.literals = part.literals.length > 0 ? part.literals : new Uint8Array(this.loaded.head.patterns.length);
    const known = form === 'small' ? undefined : part.canonical(form === 'leet');
    const note = ({ text: searched, from: places }: Searched) =>
      searchWords(automaton, searched, (term, from, to) => {
        const meaning = meanings[term] ?? 0;
        if (meaning < 0) noteLiteral(part.literals, -1 - meaning);
        else {
          const word = searched.slice(from, to);
          this.#noteWord(meaning, { part, from: places?.[from] ?? from, to: places?.[to] ?? to, word });
        }
        return false;
      });
    note({ text, from: known?.from });
    // A literal that is only there is one that its pattern does not see; that costs a look, and is right all the same.
    if (known?.readings) note(known.readings);
  }

  #noteWord(set: number, spot: WordSpot): void {
    const known = this.#words[set];
    if (!known) this.#words[set] = [spot];
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
