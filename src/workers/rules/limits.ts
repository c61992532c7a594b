/** Rules of one server. */
export const MOST_RULES = 200;
/** Parts of one rule's condition: triggers, and what joins them. */
export const MOST_NODES = 40;
/** How deep `all`, `any` and `not` may stand in each other; a trigger alone is one deep. */
export const DEEPEST = 6;
/** Actions of one rule. */
export const MOST_ACTIONS = 10;
/** Terms written into a trigger itself, and its exceptions; longer lists have a name of their own. */
export const MOST_OWN_TERMS = 200;
/** UTF-16 units of a term. */
export const LONGEST_TERM = 100;
/** Roles, channels, members, servers or domains that a rule names in one place. */
export const MOST_NAMED = 100;
/** Bytes of a server's compiled rules. */
export const MOST_BYTES = 64 * 1_048_576;
/** UTF-16 units of one rule as JSON. */
export const LONGEST_RULE = 20_000;
/** What is wrong is told so many times; the rest shows when these are mended. */
export const MOST_PROBLEMS = 20;
