import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { alongX, overArea, rangeOf } from '../../../src/workers/chart/sampling.ts';
import drawChart from '../../../src/workers/tasks/draw-chart.ts';
import { tableOf } from '../../files/text.ts';
import { LIMITS } from '../inspect/inspecting.ts';

const { t } = createI18n();

async function draw(table: string | Uint8Array, columns: string[], limits = {}) {
  const bytes = typeof table === 'string' ? new TextEncoder().encode(table) : table;
  const name = columns[0] === 'x' ? 'a.txt' : 'a.csv';
  const outcome = await drawChart.run({ bytes, name, columns, limits: { ...LIMITS, ...limits } });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

/** The chart, and what is said of it. */
async function chart(table: string | Uint8Array, columns: string[], limits = {}) {
  const drawn = await draw(table, columns, limits);
  if (drawn.kind !== 'chart') throw new Error(drawn.code);
  return { ...drawn, said: drawn.alt.map(({ code, params }) => t(`inspect.charts.alt.${code}`, params)).join(' ') };
}

const PLACES = `city,when,temp,size\n${['Zürich', 'Αθήνα', 'Москва', 'القاهرة', 'Zürich'].map((city, at) => `${city},2024-05-0${at + 1},${at * 2 + 1}.5,${at}`).join('\n')}\n`;

describe('a chart', () => {
  test.for([
    [['temp'], 'histogram', 'A histogram of temp from 1.5 to 9.5; values: 5; bars: 5.'],
    [['when'], 'histogram', 'A histogram of when from 2024-05-01 to 2024-05-05; values: 5; bars: 5.'],
    [['city'], 'bars', 'A bar chart of how often each city comes; bars: 4; the highest is Zürich with 2.'],
    [
      ['when', 'temp'],
      'line',
      'A line of temp over when from 2024-05-01 to 2024-05-05; points: 5; the lowest 1.5, the highest 9.5.',
    ],
    [['size', 'temp'], 'points', 'Points of temp over size from 0 to 4; points: 5; the lowest 1.5, the highest 9.5.'],
    [
      ['city', 'TEMP'],
      'bars',
      'A bar chart of the mean of temp for each city; bars: 4; the highest is القاهرة with 7.5.',
    ],
    [['#4', '#3'], 'points', 'Points of temp over size'],
  ] as const)('of %j is drawn as %s and told in words', async ([columns, kind, said]) => {
    const drawn = await chart(PLACES, [...columns]);
    expect(drawn.chart).toBe(kind);
    expect(drawn.said).toContain(said);
    const { width, height, data, channels } = decode(drawn.png);
    expect({ width, height }).toEqual({ width: drawn.width, height: drawn.height });
    // Something is drawn in its colour, and something is written.
    expect(colours(data, channels)).toEqual(expect.arrayContaining(['blue', 'ink', 'white']));
  });

  test('writes with letters of its own, in many scripts', async () => {
    const names = ['Wwwwwww', 'Ωωωωωωω', 'Жжжжжжж', 'ننننننن'];
    const pictures = await Promise.all(
      names.map(async (name) => {
        const { data, channels } = decode((await chart(`${name},y\n1,2\n3,4\n`, [name])).png);
        return inkAt(data, channels);
      }),
    );
    expect(new Set(pictures.map((ink) => ink.join())).size).toBe(names.length);
    for (const ink of pictures) expect(ink.length).toBeGreaterThan(40);
  });

  test('is the same picture every time', async () => {
    const [one, two] = [await chart(PLACES, ['city']), await chart(PLACES, ['city'])];
    expect(Buffer.from(one.png).equals(Buffer.from(two.png))).toBe(true);
  });

  test('of many rows draws no more points than there is room for', async () => {
    const drawn = await chart(tableOf(3_000_000), ['id', 'score']);
    const thinned = drawn.alt.find(({ code }) => code === 'thinned');
    expect(Number(thinned?.params.points)).toBeLessThanOrEqual(4_000);
    expect(drawn.png.length).toBeLessThan(1_000_000);
  });

  test('beyond the limit of rows is of the rows until there, and says so', async () => {
    expect((await chart(tableOf(500_000), ['score'], { rows: 1_000 })).limits).toMatchObject([{ limit: 'rows' }]);
  });

  test('has labels that are safe, whatever stands in the table', async () => {
    const strange = [
      '<b>&amp;"\'',
      '\u0000\u0001\u001b[31m',
      '\ufffe\uffff',
      '\ud83d',
      '\u202egnp',
      ']]>',
      'x'.repeat(5_000),
    ];
    const rows = strange.map((label, at) => `"${label.replaceAll('"', '""')}",${at}`).join('\n');
    const utf16 = Uint8Array.of(0xff, 0xfe, ...Buffer.from(`name,n\n${rows}\n`, 'utf16le'));
    expect((await chart(utf16, ['name', 'n'])).said.isWellFormed()).toBe(true);
    expect((await chart(`"${strange[0]?.replaceAll('"', '""')}",n\nx,1\ny,2\n`, ['#1', '#2'])).chart).toBe('bars');
  });

  test('shows no secrets', async () => {
    const token = `ghp_${'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzA1b'}`;
    const { said } = await chart(`name,n\n${token},1\nother,0\n`, ['name', 'n']);
    expect(said).not.toContain('aB3d');
    expect(await draw('user,password\na,1\nb,2\n', ['password'])).toMatchObject({
      kind: 'refused',
      code: 'secretColumn',
    });
  });
});

describe('nothing is drawn', () => {
  test.for([
    ['of what is no table', 'Just prose.\n', ['x'], 'notATable'],
    ['of bytes', new Uint8Array(1_000), ['x'], 'notATable'],
    ['of nothing', '', ['x'], 'notATable'],
    ['of a column that is not there', PLACES, ['nope'], 'noSuchColumn'],
    ['of a column beyond the last', PLACES, ['#9'], 'noSuchColumn'],
    ['of a heading alone', 'a,b\n', ['a'], 'nothingToDraw'],
    ['of an empty column', 'a,b\n,1\n,2\n', ['a'], 'nothingToDraw'],
    ['of texts over numbers', PLACES, ['temp', 'city'], 'nothingToDraw'],
  ] as const)('%s, and it is said why', async ([_, table, columns, code]) => {
    const refusal = await draw(table, [...columns]);
    expect(refusal).toMatchObject({ kind: 'refused', code });
    if (refusal.kind === 'refused') expect(t(`inspect.charts.refused.${code}`, refusal.params)).not.toContain('{{');
  });

  test('a table without a heading is drawn by numbers', async () => {
    expect((await chart('1,10\n2,20\n3,30\n', ['#1', '#2'])).said).toContain('from 1 to 3; points: 3');
  });
});

describe('thinning', () => {
  const [xs, ys] = [new Float64Array(100_000), new Float64Array(100_000)];
  for (let at = 0; at < xs.length; at++) {
    xs[at] = (at * 7_919) % xs.length;
    ys[at] = at === 54_321 ? 1_000 : Math.sin(at);
  }

  test('of a line keeps the highest, in order, two points a pixel at most', () => {
    const points = alongX(xs, ys, { min: 0, max: 99_999 }, 780);
    expect(points.length).toBeLessThanOrEqual(1_560);
    expect(points.some(([, y]) => y === 1_000)).toBe(true);
    expect(points).toEqual(points.toSorted((a, b) => a[0] - b[0]));
  });

  test('of points keeps one a square', () => {
    const [x, y] = [rangeOf(xs), rangeOf(ys)];
    if (!x || !y) throw new Error('there is no range');
    expect(overArea(xs, ys, { x, y }, { width: 780, height: 400, side: 8 }).length).toBeLessThan(100 * 52);
  });
});

function colours(data: ArrayLike<number>, channels: number): string[] {
  const found = new Set<string>();
  for (let at = 0; at < data.length; at += channels) {
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
    if (red > 250 && green > 250 && blue > 250) found.add('white');
    else if (blue > 180 && red < 110) found.add('blue');
    else if (red < 60 && green < 60 && blue < 70) found.add('ink');
  }
  return [...found];
}

/** Where something is written below the axis: the name of what is drawn across. */
function inkAt(data: ArrayLike<number>, channels: number): number[] {
  const places: number[] = [];
  for (let at = 900 * 450 * channels; at < data.length; at += channels)
    if ((data[at] ?? 255) < 120) places.push(at / channels);
  return places;
}
