/** Entries that a list of domains may have, and what they take when packed. */
export const MOST_DOMAINS = 500_000;
export const MOST_LIST_BYTES = MOST_DOMAINS * 8;
/** As it comes, unpacked. */
export const MOST_LIST_SOURCE = 16_000_000;
/** The pages archive, packed as it comes. */
export const MOST_ARCHIVE_BYTES = 32_000_000;
