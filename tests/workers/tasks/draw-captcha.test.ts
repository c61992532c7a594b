import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import drawCaptcha from '../../../src/workers/tasks/draw-captcha.ts';

async function draw(letters: string) {
  const outcome = await drawCaptcha.run({ letters });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { data, channels, width, height } = decode(outcome.value.png);
  const ink = Array.from({ length: width * height }, (_, at) => data[at * channels] ?? 0).filter((red) => red > 0xe0);
  return { png: outcome.value.png, width, height, ink: ink.length };
}

test('the letters are drawn, never twice the same way, and more of them with more ink', async () => {
  const [one, two, long] = [await draw('ACE34'), await draw('ACE34'), await draw('WMWMWMWM')];
  expect(one).toMatchObject({ width: 360, height: 130 });
  expect(one.ink).toBeGreaterThan(300);
  expect(long.ink).toBeGreaterThan(one.ink);
  expect(Buffer.from(one.png).equals(Buffer.from(two.png))).toBe(false);
});

test.each(['', '<A', 'TOOMANYLETTERS', 'é'])('%j is refused', async (letters) => {
  expect(await drawCaptcha.run({ letters })).toMatchObject({ ok: false });
});
