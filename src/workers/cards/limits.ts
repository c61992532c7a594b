/** The largest picture of an account that a card is drawn with. */
export const AVATAR_BYTES = 2_000_000;
