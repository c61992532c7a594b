/** Bytes of a file of rules: far more than two hundred long ones are. */
export const MOST_RULES_BYTES = 2 * 1_048_576;
/** Messages in a file to try a rule on, and its bytes. */
export const MOST_REPLAYED = 100_000;
export const MOST_REPLAYED_BYTES = 16 * 1_048_576;
