/** More than Discord lets anyone write: what is beyond is not counted. */
const MAX_LENGTH = 20_000;

const MENTION = /<@[!&]?\d{15,20}>|@everyone|@here/g;
const LINK = /https?:\/\/[^\s<>]+/gi;
/** Custom emoji, channels, timestamps and commands: written by the client, not words. */
const MARKUP = /<(?:a?:\w{2,32}|#|t|\/[^<>\n]{1,100}):?[\d:a-zA-Z]{1,24}>/g;
const PLAIN_WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
/** Scripts that put no spaces between words: only there is the dictionary worth its price. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export interface Activity {
  readonly words: number;
  readonly links: number;
  readonly mentions: number;
}

/** How many words, links and mentions a message has. */
export function activityOf(content: string): Activity {
  let rest = content.slice(0, MAX_LENGTH);
  const take = (pattern: RegExp) => {
    let count = 0;
    rest = rest.replace(pattern, () => {
      count++;
      return ' ';
    });
    return count;
  };
  const links = take(LINK);
  const mentions = take(MENTION);
  take(MARKUP);
  return { words: wordsIn(rest), links, mentions };
}

function wordsIn(text: string): number {
  let count = 0;
  if (!UNSPACED.test(text)) {
    for (const _ of text.matchAll(PLAIN_WORD)) count++;
    return count;
  }
  for (const { isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(text))
    if (isWordLike) count++;
  return count;
}
