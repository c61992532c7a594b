import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { drawSvg } from '../../../src/workers/chart/picture.ts';
import type { StatsChart } from '../../../src/workers/chart/stats-chart.ts';
import { statsOption } from '../../../src/workers/chart/stats-picture.ts';
import drawStats from '../../../src/workers/tasks/draw-stats.ts';

const SIZE = { width: 900, height: 420 };
const WEEK: StatsChart = {
  kind: 'heat',
  rows: ['Monday', 'Tuesday'],
  columns: ['00', '01', '02'],
  amounts: [
    [0, 5, 10],
    [10, null, 0],
  ],
  percent: false,
};
const GROWTH: StatsChart = {
  kind: 'series',
  stacked: false,
  along: ['11-01', '11-02', '11-03'],
  series: [
    { name: 'joined', as: 'bars', amounts: [4, 0, 2] },
    { name: 'members', as: 'line', amounts: [104, 104, 106] },
  ],
};

/** What a chart says in letters. */
function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.trim());
}

/** How many shapes are filled with each colour. */
function filled(svg: string, colour: string): number {
  return [...svg.matchAll(new RegExp(`fill="${colour}"`, 'g'))].length;
}

test('a heat map has its rows, its columns and a cell for each amount, most of all the darkest', () => {
  const svg = drawSvg(statsOption(WEEK), SIZE);
  const texts = textsOf(svg);
  for (const name of ['Monday', 'Tuesday', '00', '01', '02']) expect(texts).toContain(name);
  expect(texts).toContain('10'); // where the scale ends
  expect(filled(svg, 'rgb\\(18,48,111\\)')).toBe(2);
  expect(filled(svg, 'rgb\\(238,242,251\\)')).toBe(2);
  const none = drawSvg(statsOption({ ...WEEK, amounts: [[null, null, null], []] }), SIZE);
  expect(filled(none, 'rgb\\(238,242,251\\)')).toBe(0);
});

test('shares are written in their cells', () => {
  const svg = drawSvg(statsOption({ ...WEEK, percent: true, amounts: [[50, null, 25], []] }), SIZE);
  expect(textsOf(svg).filter((text) => text.endsWith(' %'))).toEqual(['50 %', '25 %', '100 %']); // the last is where the scale ends
});

test('series have their names, their axis, and bars as many as there are amounts', () => {
  const svg = drawSvg(statsOption(GROWTH), SIZE);
  const texts = textsOf(svg);
  for (const name of ['joined', 'members', '11-01', '11-02', '11-03']) expect(texts).toContain(name);
  expect(filled(svg, '#3b6fd4')).toBeGreaterThanOrEqual(2);
  expect([...svg.matchAll(/stroke="#e08a1e"/g)].length).toBeGreaterThan(0);
});

test('a picture is as large as it is said to be, and higher with more rows', async () => {
  const draw = async (chart: StatsChart) => {
    const outcome = await drawStats.run({ chart });
    if (!outcome.ok) throw new Error(outcome.error.message);
    return { ...outcome.value, picture: decode(outcome.value.png) };
  };
  const two = await draw(WEEK);
  expect(two.picture).toMatchObject({ width: two.width, height: two.height });
  const many = { ...WEEK, rows: ['a', 'b', 'c'], amounts: [[1], [2], [3]] };
  expect((await draw(many)).height).toBeGreaterThan(two.height);
  expect((await draw(GROWTH)).picture.width).toBe(900);
});
