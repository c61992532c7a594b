import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import drawRank from '../../../src/workers/tasks/draw-rank.ts';

const CARD = {
  name: 'Ada <b>&',
  account: 'ada',
  level: 'Level 3',
  place: 'Place 1 of 2',
  points: '5 of 10',
  share: 0.5,
};
const GREEN = encode({
  width: 64,
  height: 64,
  data: Uint8Array.from({ length: 64 * 64 * 4 }, (_, at) => (at % 4 === 1 || at % 4 === 3 ? 255 : 0)),
  channels: 4,
});

async function draw(card: Partial<Parameters<typeof drawRank.run>[0]> = {}) {
  const outcome = await drawRank.run({ ...CARD, ...card });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { data, channels } = decode(outcome.value.png);
  const pixels = Array.from({ length: data.length / channels }, (_, at) =>
    [0, 1, 2].map((channel) => data[at * channels + channel] ?? 0),
  );
  const count = (fits: (red: number, green: number, blue: number) => boolean) =>
    pixels.filter(([red = 0, green = 0, blue = 0]) => fits(red, green, blue)).length;
  return {
    ...outcome.value,
    bar: count((red, green, blue) => red === 0x6f && green === 0x97 && blue === 0xea),
    green: count((red, green, blue) => red < 10 && green > 245 && blue < 10),
    ink: count((red, green, blue) => red > 0xe0 && green > 0xe0 && blue > 0xe0),
  };
}

test('the bar is as long as the share, and a card always as large', async () => {
  const [none, half, whole] = [await draw({ share: 0 }), await draw({ share: 0.5 }), await draw({ share: 1 })];
  expect(none.bar).toBe(0);
  expect(whole.bar / half.bar).toBeCloseTo(2, 1);
  expect(whole).toMatchObject({ width: 880, height: 240 });
});

test('a picture is drawn, round; first letters stand where there is none, or it is no picture', async () => {
  const drawn = await draw({ avatar: GREEN.slice() });
  expect(drawn.green).toBeGreaterThan(0.95 * Math.PI * 80 * 80);
  expect(drawn.green).toBeLessThan(160 * 160);
  const none = await draw();
  expect(none.ink).toBeGreaterThan(drawn.ink + 300);
  for (const broken of [GREEN.slice(0, 40), new Uint8Array(), new TextEncoder().encode('<svg onload="x"/>')])
    expect((await draw({ avatar: broken })).ink).toBe(none.ink);
});

test('a picture that unpacks to more than it says, or to too much, is not unpacked', async () => {
  const large = encode({ width: 513, height: 512, data: new Uint8Array(513 * 512 * 3), channels: 3 });
  const none = await draw();
  expect((await draw({ avatar: new Uint8Array(large) })).ink).toBe(none.ink);
});

test.each([
  ['nothing', ''],
  ['controls and half a letter', '\0\u0007\ud800]]>'],
  ['letters that the font lacks', '日本語 🐧'],
  ['the longest name', 'W'.repeat(100)],
])('a name of %s is drawn', async (_what, name) => {
  expect((await draw({ name })).png.length).toBeGreaterThan(1_000);
});
