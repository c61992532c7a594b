import type { HarmfulCommand } from './shell.ts';

/** The head of a function of a shell; what is in it is looked at by hand, so that nothing is looked at twice. */
const FUNCTION = /\(\s{0,20}\)\s{0,20}\{/g;
const NAME = /([^\s(){};|&]{1,40})\s{0,20}$/;
const LONGEST_HEAD = 61;
const LONGEST_BODY = 200;
const OTHERS =
  /%0\s{0,20}\|\s{0,20}%0|\bfork\s{1,20}while\s{1,20}fork\b|\bwhile\s{0,9}(?:\(?\s{0,9}(?:1|true)\s{0,9}\)?)\s{0,9}[:;{]?\s{0,9}(?:os\.)?fork\s{0,9}\(\s{0,9}\)/i;

/** A function that starts itself twice, and with that, until nothing else runs. */
export function forkBomb(text: string): HarmfulCommand | undefined {
  for (const { index, 0: head } of text.matchAll(FUNCTION)) {
    const name = NAME.exec(text.slice(Math.max(0, index - LONGEST_HEAD), index))?.[1];
    const inside = text.slice(index + head.length, index + head.length + LONGEST_BODY);
    const body = inside.slice(0, Math.max(0, inside.indexOf('}'))).replace(/\s+/g, '');
    if (name && body.includes(`${name}|${name}&`)) {
      const from = text.lastIndexOf(name, index);
      return { from, to: index + head.length + inside.indexOf('}') + 1, why: 'forks' };
    }
  }
  const other = OTHERS.exec(text);
  return other ? { from: other.index, to: other.index + other[0].length, why: 'forks' } : undefined;
}
