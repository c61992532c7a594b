/** Rules of one server. */
export const MOST_RULES = 200;
/** Parts of one rule's condition: triggers, and what joins them. */
export const MOST_NODES = 40;
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
