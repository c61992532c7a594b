/** Units of a text that is made from another one, each with the place in the other where it comes from. Kept and used again. */
export class Form {
  units = new Uint16Array(4_096);
  from = new Int32Array(4_096);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  put(unit: number, from: number): void {
    if (this.length === this.units.length) this.#grow();
    this.units[this.length] = unit;
    this.from[this.length++] = from;
  }

  putPoint(code: number, from: number): void {
    if (code >= 0x1_0000) this.put(0xd800 + ((code - 0x1_0000) >> 10), from);
    this.put(code >= 0x1_0000 ? 0xdc00 + (code & 0x3ff) : code, from);
  }

  #grow(): void {
    const [units, from] = [new Uint16Array(this.length * 2), new Int32Array(this.length * 2)];
    units.set(this.units);
    from.set(this.from);
    [this.units, this.from] = [units, from];
  }

  text(): string {
    let text = '';
    for (let at = 0; at < this.length; at += STEP) {
      text += String.fromCharCode(...this.units.subarray(at, Math.min(at + STEP, this.length)));
    }
    return text;
  }

  /** The places, and `end` after them, for whoever keeps them. */
  places(end: number): Int32Array<ArrayBuffer> {
    const places = new Int32Array(this.length + 1);
    places.set(this.from.subarray(0, this.length));
    places[this.length] = end;
    return places;
  }
}

/** Arguments of one call. */
const STEP = 4_096;
