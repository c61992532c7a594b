import { Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

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

/** How many words, links and mentions a message has. */
export default defineTask({
  lane: 'quick',
  batch: { size: 16, waitMs: 2 },
  input: Type.Object({ content: Type.String() }),
  output: Type.Object({ words: Type.Integer(), links: Type.Integer(), mentions: Type.Integer() }),
  sample: { content: 'Hello <@123456789012345678>, see https://example.com' },
  run({ content }) {
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
  },
});

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
