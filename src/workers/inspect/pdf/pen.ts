import type { Value } from './values.ts';

type Matrix = readonly [a: number, b: number, c: number, d: number, x: number, y: number];

const STRAIGHT: Matrix = [1, 0, 0, 1, 0, 0];
const MOST_SAVED = 100;

/** Where on a page the next text begins, in the page's own units. How wide letters are is not known here. */
export class Pen {
  #page: Matrix = STRAIGHT;
  #line: Matrix = STRAIGHT;
  #leading = 0;
  readonly #saved: Matrix[] = [];

  get at(): { readonly x: number; readonly y: number } {
    const [, , , , x, y] = times(this.#line, this.#page);
    return { x, y };
  }

  /** Follows an operator of a page's content. */
  follow(word: string, operands: readonly Value[]): void {
    const number = (at: number) => {
      const value = operands[at];
      return typeof value === 'number' ? value : 0;
    };
    const matrix = (): Matrix => [number(0), number(1), number(2), number(3), number(4), number(5)];
    switch (word) {
      case 'q':
        if (this.#saved.length < MOST_SAVED) this.#saved.push(this.#page);
        break;
      case 'Q':
        this.#page = this.#saved.pop() ?? this.#page;
        break;
      case 'cm':
        this.#page = times(matrix(), this.#page);
        break;
      case 'BT':
        this.#line = STRAIGHT;
        break;
      case 'Tm':
        this.#line = matrix();
        break;
      case 'TL':
        this.#leading = number(0);
        break;
      case 'TD':
        this.#leading = -number(1);
        this.#move(number(0), number(1));
        break;
      case 'Td':
        this.#move(number(0), number(1));
        break;
      case 'T*':
      case "'":
      case '"':
        this.#move(0, -this.#leading);
        break;
    }
  }

  #move(x: number, y: number): void {
    this.#line = times([1, 0, 0, 1, x, y], this.#line);
  }
}

/** First the one, then the other. */
function times([a, b, c, d, x, y]: Matrix, [e, f, g, h, i, j]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h, x * e + y * g + i, x * f + y * h + j];
}
