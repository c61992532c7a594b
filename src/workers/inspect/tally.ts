/** Numbers, counted and summed up. */
export class Tally {
  count = 0;
  /** Those that are not whole. */
  fractions = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  /** What is no number is left out. */
  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.count++;
    if (!Number.isInteger(value)) this.fractions++;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.sum += value;
  }

  /** Of both together. */
  with(other: Tally | undefined): Tally {
    const both = new Tally();
    both.count = this.count + (other?.count ?? 0);
    both.fractions = this.fractions + (other?.fractions ?? 0);
    both.sum = this.sum + (other?.sum ?? 0);
    both.min = Math.min(this.min, other?.min ?? this.min);
    both.max = Math.max(this.max, other?.max ?? this.max);
    return both;
  }
}
