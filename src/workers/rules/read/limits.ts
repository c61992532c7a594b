/** Bytes of a file of rules: far more than two hundred long ones are. */
export const MOST_RULES_BYTES = 2 * 1_048_576;
/** Bytes of a file of messages to try a rule on: some hundred thousand of them. */
export const MOST_REPLAYED_BYTES = 16 * 1_048_576;
