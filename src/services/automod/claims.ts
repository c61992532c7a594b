/** What a deed takes upon itself from the moment it begins, so that nobody else does the same; free again where nothing comes of it. */
export class Claims {
  readonly #undo: (() => void)[] = [];

  add(undo: () => void): void {
    this.#undo.push(undo);
  }

  takeBack(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }
}
