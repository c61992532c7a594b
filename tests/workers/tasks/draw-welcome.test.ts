import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { nameDrawn } from '../../../src/workers/cards/name-drawn.ts';
import { fontFile } from '../../../src/workers/chart/chart-files.ts';
import drawWelcome from '../../../src/workers/tasks/draw-welcome.ts';

const CARD = { name: 'Ada <b>&', account: 'ada', greeting: 'Welcome to the colony', count: 'Member 12' };

async function draw(card: Partial<Parameters<typeof drawWelcome.run>[0]> = {}) {
  const outcome = await drawWelcome.run({ ...CARD, ...card });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

test('a card is always as large, and says another name otherwise', async () => {
  const [ada, bob] = [await draw(), await draw({ name: 'Bob' })];
  expect(decode(ada.png)).toMatchObject({ width: 880, height: 240 });
  expect(Buffer.from(ada.png).equals(Buffer.from(bob.png))).toBe(false);
});

test('a picture that cannot be read leaves first letters', async () => {
  const none = await draw();
  const broken = await draw({ avatar: new TextEncoder().encode('<svg onload="x"/>') });
  expect(Buffer.from(broken.png).equals(Buffer.from(none.png))).toBe(true);
});

test.each([
  ['plain letters', 'Ada', 'Ada'],
  ['Greek, Cyrillic, Arabic and Hebrew', 'Άδα Ада عدا אדה', 'Άδα Ада عدا אדה'],
  ['an emoji that the font lacks', '🐧 Ada 🐧', 'Ada'],
  ['ornamental letters', '𝕬𝖉𝖆', 'Ada'],
  ['letters that the font lacks', '日本語', 'ada_99'],
  ['some of them', 'Ada 日本', 'ada_99'],
  ['nothing that can be read', '\u200b\ud800', 'ada_99'],
])('a name of %s is drawn without a letter that the font lacks', async (_what, name, drawn) => {
  expect(nameDrawn([name, 'ada_99'], await readFile(fontFile()))).toBe(drawn);
});

test.each([
  ['', ''],
  ['W'.repeat(100), '日'.repeat(100)],
])('names of no letters or of many are drawn', async (name, account) => {
  expect((await draw({ name, account })).png.length).toBeGreaterThan(1_000);
});
