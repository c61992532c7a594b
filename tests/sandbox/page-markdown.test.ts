import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../sandbox/page/markdown.ts';

/** The tree without what does not matter here: kinds and texts. */
function outline(text: string): unknown {
  const show = (mark: unknown): unknown => {
    if (Array.isArray(mark)) return mark.map(show);
    if (typeof mark !== 'object' || mark === null) return mark;
    const { type, content, items, level, id, target } = Object.fromEntries(Object.entries(mark));
    if (type === 'text') return content;
    return { [String(type) + (level ?? '')]: show(items ?? content ?? id ?? target ?? null) };
  };
  return show(parseMarkdown(text));
}

describe('Discord markdown', () => {
  test('knows emphasis, code, spoilers and links', () => {
    expect(outline('**a *b*** __c__ ~~d~~ ||e|| `f`')).toEqual([
      { strong: ['a ', { em: ['b'] }] },
      ' ',
      { underline: ['c'] },
      ' ',
      { strikethrough: ['d'] },
      ' ',
      { spoiler: ['e'] },
      ' ',
      { inlineCode: 'f' },
    ]);
    expect(parseMarkdown('[here](https://example.com/)')).toMatchObject([
      { type: 'link', target: 'https://example.com/' },
    ]);
  });

  test('knows headings, subtext, quotes and code blocks', () => {
    expect(outline('# A\n### B\n-# c')).toEqual([{ heading1: ['A'] }, { heading3: ['B'] }, { subtext: ['c'] }]);
    expect(outline('> quoted')).toEqual([{ blockQuote: ['quoted'] }]);
    expect(parseMarkdown('```ts\nlet a;\n```')).toMatchObject([{ type: 'codeBlock', lang: 'ts', content: 'let a;' }]);
  });

  test('nests lists by their indentation, and numbers them from where they start', () => {
    expect(outline('- one\n  - inner **bold**\n- two')).toEqual([
      { list: [['one', { list: [['inner ', { strong: ['bold'] }]] }], ['two']] },
    ]);
    expect(outline('- a\n1. b')).toEqual([{ list: [['a']] }, { list: [['b']] }]);
    expect(parseMarkdown('3. three\n4. four')).toMatchObject([{ type: 'list', ordered: true, start: 3 }]);
    expect(outline('not - a list')).toEqual(['not ', '- a list']);
  });

  test('knows mentions, emoji, timestamps and commands', () => {
    const id = '123456789012345678';
    expect(
      parseMarkdown(`<@${id}><@!${id}><@&${id}><#${id}><a:wave:${id}><t:1700000000:R></ping:${id}>@everyone`),
    ).toMatchObject([
      { type: 'user', id },
      { type: 'user', id },
      { type: 'role', id },
      { type: 'channel', id },
      { type: 'emoji', name: 'wave', animated: true, id },
      { type: 'timestamp', timestamp: '1700000000', format: 'R' },
      { type: 'slashCommand', fullName: 'ping', id },
      { type: 'everyone' },
    ]);
  });

  test('reads anything without failing, and loses no plain text', () => {
    const piece = fc.constantFrom(
      '*',
      '_',
      '~~',
      '||',
      '`',
      '```',
      '> ',
      '>>> ',
      '- ',
      '1. ',
      '# ',
      '[',
      '](',
      ')',
      '<@',
      '>',
      '\n',
      '  ',
      '\\',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
        expect(parseMarkdown(pieces.join(''))).toBeInstanceOf(Array);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}( [a-z]{1,20}){0,10}$/), (words) => {
        expect(outline(words)).toEqual([words]);
      }),
    );
  });
});
