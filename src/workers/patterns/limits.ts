/** UTF-16 units of a pattern as somebody wrote it. */
export const MOST_LETTERS = 1_000;
/** Instructions of what a pattern is compiled to. Times the length of a text, some 30 ns each, that is the worst it can cost. */
export const MOST_INSTRUCTIONS = 500;
/** Patterns, and texts, of one call. */
export const MOST_PATTERNS = 100;
export const MOST_TEXTS = 100;
/** UTF-16 units of a text; what is beyond is not looked at. */
export const MOST_TEXT = 8_000;
/** Places told of one pattern in one text. To ask for all of them would cost a scan of the rest of the text for each. */
export const MOST_SPANS = 8;
/** What the states of one pattern may take, as the engine counts it; really it is ten times that. */
export const STATE_BYTES = 256 * 1_024;
/** Instructions of all patterns that a thread keeps ready. */
export const MOST_KEPT = 20_000;
