import type { Form } from './form.ts';
import { isOfWords, Kind } from './letters.ts';

/** Where the words of a form begin and end: letters and figures side by side, signs of Han and kana apart from others. */
export class Words {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** 1 where the word is a part of an address. */
  readonly inAddress: number[] = [];

  find(form: Form): void {
    this.starts.length = 0;
    this.ends.length = 0;
    this.inAddress.length = 0;
    const { units, kinds, length } = form;
    let addressed = false;
    for (let at = 0; at < length; ) {
      const kind = kinds[at] ?? 0;
      if (kind === Kind.space) addressed = false;
      if (!isOfWords(kind)) {
        at++;
        continue;
      }
      let end = at + 1;
      while (end < length && isOfWords(kinds[end] ?? 0) && isHan(kinds[end]) === isHan(kind)) end++;
      addressed ||= end + 2 < length && units[end] === 0x3a && units[end + 1] === 0x2f && units[end + 2] === 0x2f;
      this.starts.push(at);
      this.ends.push(end);
      this.inAddress.push(addressed ? 1 : 0);
      at = end;
    }
  }

  get length(): number {
    return this.starts.length;
  }
}

function isHan(kind: number | undefined): boolean {
  return kind === Kind.ideograph;
}
