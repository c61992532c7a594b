/** What most messages are: nothing in them has to be read in another way. */
const NOT_PLAIN = /[^\x20-\x7e\n]|[*_~|`\\]|\]\(|%[0-9a-f]{2}|[ \n]{2}/i;
/** Letters in a row, each of a word twice, or apart from each other. */
const SEVERAL_WAYS = /([a-z])\1\1|(?:([a-z])\2(?!\2)){3}|(?:^|[^a-z0-9])[a-z][^a-z0-9]{1,3}[a-z](?![a-z0-9])/;
const LEET = /[a-z][0-9@$!|+(]|[0-9@$!|+(][a-z]|(?:^|[^a-z0-9])[a-z0-9][^a-z0-9]{1,3}[a-z0-9](?![a-z0-9])/;

/** Places of texts in which every unit stays where it is; shared by all of them. */
export const PLACES = Int32Array.from({ length: 8_193 }, (_, at) => at);

/** Whether a text is its own canonical one, but for capitals and ends of lines. */
export function isPlain(text: string): boolean {
  return text.length < PLACES.length && !NOT_PLAIN.test(text);
}

/** Whether there may be other ways to read such a text, in small letters. */
export function mayBeRead(text: string, leet: boolean): boolean {
  return SEVERAL_WAYS.test(text) || (leet && LEET.test(text));
}
