/** Letters that a `*` stands for at most. */
export const REACH = 20;
/** States of one automaton, sixteen bytes each: a hundred thousand terms of twenty letters that share nothing. */
export const MOST_STATES = 2_000_000;
/** Places that are told of one term in one text. */
export const MOST_PLACES = 8;
/** Steps that may be taken for wildcards in one text, some 50 ns each. No text that people write comes near. */
export const MOST_STEPS = 100_000;
