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
/** UTF-16 units of one rule, and of all rules of a server, as JSON. */
export const LONGEST_RULE = 20_000;
export const LONGEST_RULES = 400_000;
/** What is wrong is told so many times; the rest shows when these are mended. */
export const MOST_PROBLEMS = 20;
/** Places told of one rule in one message. */
export const MOST_SPANS = 8;
/** UTF-16 units of each part of a message that rules look at, far more than Discord lets anyone write; what is beyond is not looked at. */
export const MOST_TEXT = 20_000;
/** Addresses of one message that are looked at, and milliseconds that links and patterns may take of it together. */
export const MOST_LINKS = 500;
export const BUDGET_MS = 100;
/** What counts is the thread's own work; but whatever others do, it comes back before its deadline is over. */
export const LATEST_MS = 500;
