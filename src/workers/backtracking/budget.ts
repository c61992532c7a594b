/** What a pattern that goes back may take with one text; then its thread is ended. Milliseconds. */
export const BUDGET_MS = 20;
