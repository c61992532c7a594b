import type { Sense, Token } from './lex.ts';
import { TimeTextError } from './problem.ts';

type Kind = Sense['is'];
type SenseOf<K extends Kind> = Extract<Sense, { is: K }>;

/** A place in the tokens of a text. Only `undo` goes back, and only to a place that the caller kept. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  #furthest = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get place(): number {
    return this.#at;
  }

  get token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The token `ahead` places on in the given sense, if it has it. */
  peek<K extends Kind>(kind: K, ahead = 0): SenseOf<K> | undefined {
    return this.#tokens[this.#at + ahead]?.senses.find((sense): sense is SenseOf<K> => sense.is === kind);
  }

  /** Steps over the next token if it has the sense. */
  take<K extends Kind>(kind: K): SenseOf<K> | undefined {
    const sense = this.peek(kind);
    if (sense) this.#furthest = Math.max(this.#furthest, ++this.#at);
    return sense;
  }

  undo(place: number): void {
    this.#at = place;
  }

  /** Ends the reading: names the first token that no way of reading the text came past. */
  stuck(): never {
    const token = this.#tokens[this.#furthest] ?? this.#tokens.at(-1);
    throw new TimeTextError('notUnderstood', { word: token?.text ?? '' });
  }
}
