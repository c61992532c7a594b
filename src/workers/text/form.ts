import { Kind } from './letters.ts';

/** A text on its way to its canonical form: what is known of each unit. One is kept a thread and used again. */
export class Form {
  units = new Uint16Array(FIRST);
  /** Where each comes from in the text that was read. */
  from = new Int32Array(FIRST);
  /** As in `Kind`; both units of a pair are of the kind of their letter. */
  kinds = new Uint8Array(FIRST);
  /** The letter of ASCII that it looks like; 0 for none. */
  like = new Uint8Array(FIRST);
  /** 1 where marks were piled on it that are no part of any letter. */
  piled = new Uint8Array(FIRST);
  length = 0;
  /** Where the text that was read ends. */
  end = 0;

  put(code: number, from: number, kind: number, like: number): void {
    if (this.length + 2 > this.units.length) this.#grow();
    if (code >= 0x1_0000) this.#putUnit(0xd800 + ((code - 0x1_0000) >> 10), from, kind, 0);
    this.#putUnit(code >= 0x1_0000 ? 0xdc00 + (code & 0x3ff) : code, from, kind, like);
  }

  #putUnit(unit: number, from: number, kind: number, like: number): void {
    const at = this.length++;
    this.units[at] = unit;
    this.from[at] = from;
    this.kinds[at] = kind;
    this.like[at] = like;
    this.piled[at] = 0;
  }

  /** Where in the text that was read a unit stands, also the end. */
  placeOf(at: number): number {
    return at < this.length ? (this.from[at] ?? 0) : this.end;
  }

  /** Moves a unit forward, over those that are left out. */
  move(at: number, to: number): void {
    if (at === to) return;
    this.units[to] = this.units[at] ?? 0;
    this.from[to] = this.from[at] ?? 0;
    this.kinds[to] = this.kinds[at] ?? 0;
    this.like[to] = this.like[at] ?? 0;
    this.piled[to] = this.piled[at] ?? 0;
  }

  /** One space where there are several. */
  collapse(): void {
    let to = 0;
    for (let at = 0; at < this.length; at++) {
      const again = to > 0 && this.kinds[at] === Kind.space && this.kinds[to - 1] === Kind.space;
      if (!again) this.move(at, to++);
    }
    this.length = to;
  }

  #grow(): void {
    this.units = copied(this.units, new Uint16Array(this.length * 2));
    this.from = copied(this.from, new Int32Array(this.length * 2));
    this.kinds = copied(this.kinds, new Uint8Array(this.length * 2));
    this.like = copied(this.like, new Uint8Array(this.length * 2));
    this.piled = copied(this.piled, new Uint8Array(this.length * 2));
  }

  text(): string {
    return textOf(this.units, this.length);
  }

  /** The places, and the end after them, for whoever keeps them. */
  places(): Int32Array {
    const places = new Int32Array(this.length + 1);
    places.set(this.from.subarray(0, this.length));
    places[this.length] = this.end;
    return places;
  }
}

/** As long as a message without a subscription may get, twice. */
const FIRST = 4_096;
/** Eight times as fast as a call with a unit an argument. */
const UNITS = new TextDecoder('utf-16le', { ignoreBOM: true });

/** The text of the first units. */
export function textOf(units: Uint16Array, length: number): string {
  return UNITS.decode(new Uint8Array(units.buffer, units.byteOffset, 2 * length));
}

function copied<T extends Uint8Array | Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
