import type { EChartsCoreOption } from 'echarts/core';
import { COLOUR, drawOption, INK } from './picture.ts';
import { label } from './plan.ts';
import { FONT } from './rasterize.ts';
import type { StatsChart } from './stats-chart.ts';

type Heat = Extract<StatsChart, { readonly kind: 'heat' }>;
type Series = Extract<StatsChart, { readonly kind: 'series' }>;

/** Pixels. */
const WIDTH = 900;
const SERIES_HEIGHT = 420;
const ROW = 36;
const AROUND = 120;
/** From nothing to most; told apart in grey as well. */
const SHADES = ['#eef2fb', '#9db8ec', COLOUR, '#12306f'];
/** After the first, which is the colour of all charts; told apart by who tells red from green badly. */
const COLOURS = [COLOUR, '#e08a1e', '#2b2d31', '#8a5fbf', '#3aa6a0', '#c44e52', '#9aa0a6', '#c9b037'];

/** Statistics as a PNG. */
export async function drawStats(chart: StatsChart) {
  const size = { width: WIDTH, height: chart.kind === 'heat' ? AROUND + ROW * chart.rows.length : SERIES_HEIGHT };
  return { png: await drawOption(statsOption(chart), size), ...size };
}

/** What the chart is drawn by. */
export function statsOption(chart: StatsChart): EChartsCoreOption {
  const base = { animation: false, backgroundColor: '#ffffff', textStyle: { fontFamily: FONT, color: INK } };
  return { ...base, ...(chart.kind === 'heat' ? heatOption(chart) : seriesOption(chart)) };
}

const TEXT = { fontFamily: FONT, fontSize: 13, color: INK };
const AXIS = { axisLabel: TEXT, axisTick: { show: false }, axisLine: { lineStyle: { color: INK } } };

function heatOption({ rows, columns, amounts, percent }: Heat) {
  const data = amounts.flatMap((row, y) =>
    row.flatMap((amount, x) => (amount === null ? [] : [[x, y, amount] as const])),
  );
  const most = percent ? 100 : Math.max(1, ...data.map(([, , amount]) => amount));
  return {
    grid: { left: 24, right: 24, top: 24, bottom: 64, outerBoundsMode: 'same' },
    xAxis: { ...AXIS, type: 'category', data: columns.map(label) },
    yAxis: { ...AXIS, type: 'category', data: rows.map(label), inverse: true },
    visualMap: {
      ...{ min: 0, max: most, calculable: false, text: [percent ? `${most} %` : String(most), '0'] },
      ...{ orient: 'horizontal', left: 'center', bottom: 8, itemHeight: 240, itemWidth: 14, textStyle: TEXT },
      inRange: { color: SHADES },
    },
    series: [
      {
        type: 'heatmap',
        data,
        itemStyle: { borderColor: '#ffffff', borderWidth: 2 },
        label: { show: percent, fontFamily: FONT, fontSize: 12, formatter: '{@[2]} %' },
      },
    ],
  };
}

function seriesOption({ along, series, stacked }: Series) {
  const bars = series.some(({ as }) => as === 'bars');
  const lines = bars && series.some(({ as }) => as === 'line');
  const amount = { ...AXIS, type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#d8dade' } } };
  return {
    color: COLOURS,
    legend: { show: series.length > 1, top: 8, textStyle: TEXT },
    grid: { left: 24, right: 24, top: 56, bottom: 16, outerBoundsMode: 'same' },
    xAxis: { ...AXIS, axisLabel: { ...TEXT, hideOverlap: true }, type: 'category', data: along.map(label) },
    // A line beside bars is of another size: it has an axis of its own, at the right.
    yAxis: lines ? [amount, { ...amount, scale: true, splitLine: { show: false } }] : [amount],
    series: series.map(({ name, as, amounts }) => ({
      name: label(name),
      type: as === 'bars' ? 'bar' : 'line',
      yAxisIndex: lines && as === 'line' ? 1 : 0,
      showSymbol: along.length < 60,
      data: amounts,
      ...(stacked && as === 'bars' && { stack: 'all' }),
    })),
  };
}
