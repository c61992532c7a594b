/** A file of ids is at most so large: some hundred thousand lines. */
export const MOST_ID_BYTES = 2_000_000;
