import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import drawPoll from '../../../src/workers/tasks/draw-poll.ts';

async function draw(...votes: readonly number[]) {
  const bars = votes.map((count, at) => ({ label: `Answer <b>&${at}`, votes: count, share: 10 }));
  const outcome = await drawPoll.run({ bars });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { ...outcome.value, picture: decode(outcome.value.png) };
}

/** How many pixels have the colour of bars. */
function barred({ data, channels }: ReturnType<typeof decode>): number {
  let count = 0;
  for (let at = 0; at < data.length; at += channels) if ((data[at] ?? 0) < 80 && (data[at + 2] ?? 0) > 180) count += 1;
  return count;
}

test('bars are as long as their votes, and a picture as high as there are answers', async () => {
  const [none, one, two] = [await draw(0, 0), await draw(8, 0), await draw(8, 4)];
  expect(barred(none.picture)).toBe(0);
  expect(barred(two.picture) / barred(one.picture)).toBeCloseTo(1.5, 1);
  const ten = await draw(...Array(10).fill(1));
  expect(ten.picture).toMatchObject({ width: ten.width, height: ten.height });
  expect(ten.height).toBeGreaterThan(two.height);
});
