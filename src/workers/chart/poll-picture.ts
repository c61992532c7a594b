import type { EChartsCoreOption } from 'echarts/core';
import { COLOUR, drawOption, INK } from './picture.ts';
import { label } from './plan.ts';
import { FONT } from './rasterize.ts';

/** An answer and what it got. `share` is in percent. */
export interface Bar {
  readonly label: string;
  readonly votes: number;
  readonly share: number;
}

/** Pixels. */
const WIDTH = 900;
const MARGIN = 32;
const BAR = 48;
/** For the longest label there is, in the widest letters: nothing here can measure them. */
const LABELS = 365;

/** The answers of a poll under one another, as bars; the numbers are those of the answers in the text beside it. */
export async function drawBars(bars: readonly Bar[]) {
  const size = { width: WIDTH, height: MARGIN + BAR * bars.length };
  return { png: await drawOption(optionOf(bars), size), ...size };
}

function optionOf(bars: readonly Bar[]): EChartsCoreOption {
  const text = { fontFamily: FONT, fontSize: 14, color: INK };
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, color: INK },
    grid: { left: LABELS, right: 120, top: MARGIN / 2, bottom: MARGIN / 2, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: Math.max(1, ...bars.map(({ votes }) => votes)), show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map((bar, at) => `${at + 1}. ${label(bar.label)}`),
      axisLabel: text,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: INK } },
    },
    series: [
      {
        type: 'bar',
        barWidth: '60%',
        itemStyle: { color: COLOUR },
        data: bars.map(({ votes, share }) => ({ value: votes, label: { formatter: `${votes} (${share} %)` } })),
        label: { ...text, show: true, position: 'right' },
      },
    ],
  };
}
