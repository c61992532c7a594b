import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { filesBelow, readSource } from '../sources.ts';
import { limited } from './spoken.ts';
import { TEXTS } from './texts.ts';

const FOLDERS = ['src/handlers', 'src/services', 'src/scheduler'];
/** Keys that are made at run time. */
const FAMILIES: readonly (readonly [RegExp, number])[] = [
  [/^automod\.form\.labels\.\w+$/, 45],
  [/^automod\.form\.picks\.\w+$/, 100],
  [/^automod\.(?:builder\.|alert\.)?buttons\.\w+$/, 80],
  [/^automod\.builder\.menus\.\w+$/, 150],
  [/^automod\.kinds\.[\w-]+\.(?:name|about)$/, 100],
  [/^automod\.deeds\.[\w-]+$/, 100],
  [/^commands\.help\.groups\.\w+$/, 100],
];

/** Without what is put in, whose length nobody knows before: that is cut off. */
function lengthOf(text: string): number {
  return text.replace(/\{\{[^}]*\}\}/g, '').length;
}

test.each(LANGUAGES)('the texts in %s have room where Discord shows them', async (language) => {
  const files = (await Promise.all(FOLDERS.map((folder) => filesBelow(folder)))).flat();
  const found = (await Promise.all(files.map(async (path) => limited(await readSource(path))))).flat();
  const mostOf = (key: string) => [
    ...found.filter((one) => key.replace(/_\w+$/, '') === one.key || key === one.key).map(({ most }) => most),
    ...FAMILIES.filter(([keys]) => keys.test(key)).map(([, most]) => most),
  ];
  const tooLong = [...TEXTS[language]].flatMap(([key, text]) =>
    mostOf(key)
      .filter((most) => lengthOf(text) > most)
      .map((most) => `${key}: ${lengthOf(text)} characters of ${most}`),
  );
  expect([...new Set(tooLong)]).toEqual([]);
  expect(found.length).toBeGreaterThan(50);
});

test('what Discord limits is found by where it stands', () => {
  const found = limited(`
    openForm({ customId, title: t('a.form'), fields: [{ id: 'x', label: t('a.label'), placeholder: t('a.hint') }] });
    const answer = { title: t('a.title'), buttons: [{ label: on ? t('a.on') : t(far ? 'a.far' : 'a.off'), customId }] };
    const select = { customId, placeholder: t('a.pick'), options: [{ value, label: t('a.choice') }] };
  `);
  expect(found.map(({ key, most }) => [key, most])).toEqual([
    ['a.form', 45],
    ['a.label', 45],
    ['a.hint', 100],
    ['a.on', 80],
    ['a.far', 80],
    ['a.off', 80],
    ['a.pick', 150],
    ['a.choice', 100],
  ]);
});
