/** Reads a stranger's header from front to back; past the end it throws instead of giving what is not there. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.#byte();
  }

  /** Of `size` bytes, the lowest first. */
  uint(size: number): number {
    let value = 0;
    for (let index = 0, factor = 1; index < size; index++, factor *= 256) value += this.#byte() * factor;
    return value;
  }

  /** Seven bits a byte, the lowest first, as RAR 5 writes them. */
  vint(): number {
    let value = 0;
    for (let factor = 1, count = 0; count < 10; factor *= 128, count++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new Error('a number is too long');
  }

  bytes(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.left)) throw new Error('cut off');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.bytes(length);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error('cut off');
    this.#at++;
    return byte;
  }
}
