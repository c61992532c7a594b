import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';

type ParserRule = (typeof rulesExtended)[string];

/** Discord's markdown as a tree. */
export type Mark =
  | { readonly type: 'text' | 'emoticon' | 'inlineCode'; readonly content: string }
  | { readonly type: 'twemoji'; readonly name: string }
  | {
      readonly type: 'strong' | 'em' | 'underline' | 'strikethrough' | 'spoiler' | 'subtext' | 'blockQuote';
      readonly content: readonly Mark[];
    }
  | { readonly type: 'heading'; readonly level: number; readonly content: readonly Mark[] }
  | { readonly type: 'codeBlock'; readonly lang: string; readonly content: string }
  | { readonly type: 'link' | 'url' | 'autolink'; readonly target: string; readonly content: readonly Mark[] }
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'role'; readonly id: string }
  | { readonly type: 'channel'; readonly id: string }
  | { readonly type: 'emoji'; readonly name: string; readonly id: string; readonly animated: boolean }
  | { readonly type: 'timestamp'; readonly timestamp: string; readonly format?: string }
  | { readonly type: 'slashCommand'; readonly fullName: string; readonly id: string }
  | { readonly type: 'guildNavigation'; readonly id: string; readonly navigation?: string }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Mark[])[];
    }
  | { readonly type: 'br' | 'newline' }
  | { readonly type: 'everyone' }
  | { readonly type: 'here' };

const LIST = /^(?: *(?:[-*]|\d{1,9}\.) +[^\n]+(?:\n|$))+/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.+)$/;
const DEEPEST = 10;

interface Item {
  readonly indent: number;
  readonly bullet: string;
  readonly text: string;
}

type Inline = (text: string) => readonly Mark[];

/** The parser knows no lists; this rule adds them, nested by their indentation. */
const list: ParserRule = {
  order: SimpleMarkdown.defaultRules.heading.order,
  match: (source, state) => {
    const before: unknown = state.prevCapture?.[0];
    const atLineStart = typeof before !== 'string' || before.endsWith('\n');
    return atLineStart && !state.inList ? LIST.exec(source) : null;
  },
  parse: (capture, parse, state) => {
    const items = (capture[0] ?? '').split('\n').flatMap(readItem);
    const inline = (text: string) => marks(parse(text, { ...state, prevCapture: null, inList: true }));
    return nest(items, inline, 0);
  },
};

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, list });

/** Reads a text as Discord would. Never throws: what cannot be read stays text. */
export function parseMarkdown(text: string): readonly Mark[] {
  try {
    return marks(parser(text, { inline: true }));
  } catch {
    return [{ type: 'text', content: text }];
  }
}

/** The rules above and the library's own make nothing but these nodes. */
function marks(tree: unknown): readonly Mark[] {
  return tree as readonly Mark[];
}

function readItem(line: string): Item[] {
  const [, space = '', bullet = '-', text = ''] = ITEM.exec(line) ?? [];
  return text === '' ? [] : [{ indent: space.length, bullet, text }];
}

/** Items of one kind in a row are one list; what is indented below an item belongs to it. */
function nest(items: readonly Item[], inline: Inline, depth: number): Mark[] {
  const lists: { first: Item; items: Mark[][] }[] = [];
  for (let at = 0; at < items.length; ) {
    const item = items[at];
    if (!item) break;
    let end = at + 1;
    while (end < items.length && (items[end]?.indent ?? 0) > item.indent) end++;
    const below = items.slice(at + 1, end);
    const own = [...inline(item.text)];
    if (depth < DEEPEST) own.push(...nest(below, inline, depth + 1));
    else for (const { text } of below) own.push({ type: 'br' }, ...inline(text));
    const last = lists.at(-1);
    if (last && isOrdered(last.first) === isOrdered(item)) last.items.push(own);
    else lists.push({ first: item, items: [own] });
    at = end;
  }
  return lists.map(({ first, items: made }) => {
    return {
      type: 'list',
      ordered: isOrdered(first),
      start: isOrdered(first) ? Number.parseInt(first.bullet, 10) : 1,
      items: made,
    };
  });
}

function isOrdered({ bullet }: Item): boolean {
  return bullet.endsWith('.');
}
