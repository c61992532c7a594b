/** Lists of a server. */
export const MOST_LISTS = 20;
/** Terms of all word lists of a server, and domains of all its lists of those. */
export const MOST_TERMS = 100_000;
/** UTF-16 units of them all, as they are compared. */
export const MOST_TERM_LETTERS = 2_000_000;
/** Bytes of a file that is read as a list, and of a list as it is kept. */
export const MOST_IMPORT_BYTES = 10_000_000;
export const MOST_LIST_BYTES = 4_000_000;
/** Entries that are looked at of one file, those twice in it and bad ones among them. */
export const MOST_READ = 400_000;
/** UTF-16 units of an entry before it is looked at: an address with all that stands around it, a term with its escapes. */
export const LONGEST_ENTRY = 500;
/** Wildcards of one term. */
export const MOST_WILDCARDS = 10;
/** Letters that a `*` stands for at most. */
export const REACH = 20;
/** States of one automaton, sixteen bytes each: a hundred thousand terms of twenty letters that share nothing, and what rules say themselves. */
export const MOST_STATES = 2_500_000;
/** Places that are told of one term in one text. */
export const MOST_PLACES = 8;
/** Steps that may be taken for wildcards in one text, some 50 ns each. No text that people write comes near. */
export const MOST_STEPS = 100_000;
