import { within } from '../../lib/links/skeleton.ts';
import type { Archive, Page } from './archive.ts';

/** Where nobody says which, the first of these that has the page. */
const PLATFORMS = ['common', 'linux', 'osx', 'windows'];
const MOST_NEAR = 10;
const LETTERS_OFF = 2;

interface Wanted {
  readonly name: string;
  readonly platform?: string | undefined;
  /** The first of them that there is. */
  readonly languages: readonly string[];
}

/**
 * The page that is meant: on the platform asked for, else on all of them, else on the usual ones first; in the first language
 * that it is there in.
 */
export function choosePage({ pages }: Archive, { name, platform, languages }: Wanted): Page | undefined {
  const order = [...(platform === undefined ? [] : [platform]), ...PLATFORMS];
  const ranked = (pages.get(name) ?? []).map((page) => ({
    page,
    place: rank(order, page.platform),
    language: rank(languages, page.language),
  }));
  const readable = ranked.filter(({ language }) => language < languages.length);
  const [first] = readable.sort((a, b) => a.place - b.place || a.language - b.language);
  return first?.page;
}

/** Names like one that there is not: what begins with it, has it, or is a letter or two off. */
export function namesLike({ pages }: Archive, name: string): string[] {
  const names = [...pages.keys()];
  const like = [
    ...names.filter((one) => one.startsWith(name)),
    ...(name.length > 2 ? names.filter((one) => one.includes(name)) : []),
    ...(name.length > 2 ? names.filter((one) => within(one, name, name.length > 5 ? LETTERS_OFF : 1)) : []),
  ];
  return [...new Set(like)].slice(0, MOST_NEAR);
}

function rank(order: readonly string[], value: string): number {
  const at = order.indexOf(value);
  return at === -1 ? order.length : at;
}
