import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { label, type Plan } from './plan.ts';
import { FONT, rasterize } from './rasterize.ts';

/** Pixels. */
export const SIZE = { width: 900, height: 500 };
/** Read on a light and on a dark page alike, and by people who tell red from green badly. */
export const COLOUR = '#3b6fd4';
export const INK = '#2b2d31';
const GRID = '#d8dade';

/** A plan as a PNG. */
export function drawPng(plan: Plan): Promise<Uint8Array> {
  return drawOption(optionOf(plan), SIZE);
}

/** A chart as a PNG. */
export async function drawOption(option: EChartsCoreOption, size: typeof SIZE): Promise<Uint8Array> {
  return await rasterize(drawSvg(option, size));
}

/** The same as SVG. */
export function drawSvg(option: EChartsCoreOption, size: typeof SIZE): string {
  use([BarChart, HeatmapChart, LineChart, ScatterChart]);
  use([GridComponent, LegendComponent, VisualMapComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function optionOf(plan: Plan): EChartsCoreOption {
  const bars = plan.kind === 'bars' || plan.kind === 'histogram';
  const value = (axis: Plan['x']) => ({
    ...styled(axis.name, axis === plan.y ? 'left' : 'center'),
    type: axis.dates ? 'time' : 'value',
    scale: !bars,
  });
  const styledX = styled(plan.x.name);
  const rotate = plan.kind === 'bars' && plan.labels.length > 8 ? 35 : 0;
  const axisLabel = { ...styledX.axisLabel, rotate };
  const category = { ...styledX, axisLabel, type: 'category', data: plan.labels };
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, color: INK },
    grid: { left: 24, right: 40, top: 48, bottom: 24, outerBoundsMode: 'same' },
    xAxis: { ...(bars ? category : value(plan.x)), nameLocation: 'middle', nameGap: 28 },
    yAxis: value(plan.y),
    series: [seriesOf(plan)],
  };
}

function styled(name: string, align: 'left' | 'center' = 'center') {
  return {
    name: label(name),
    nameLocation: 'end',
    nameGap: 14,
    nameTextStyle: { fontFamily: FONT, fontSize: 14, color: INK, align },
    axisLabel: { fontFamily: FONT, fontSize: 12, color: INK, hideOverlap: true },
    axisLine: { lineStyle: { color: INK } },
    splitLine: { lineStyle: { color: GRID } },
  };
}

function seriesOf(plan: Plan) {
  switch (plan.kind) {
    case 'bars':
      return { type: 'bar', data: plan.heights, itemStyle: { color: COLOUR } };
    case 'histogram':
      return { type: 'bar', data: plan.heights, barCategoryGap: '4%', itemStyle: { color: COLOUR } };
    case 'line':
      return {
        type: 'line',
        data: plan.points,
        showSymbol: plan.points.length < 60,
        lineStyle: { color: COLOUR, width: 2 },
        itemStyle: { color: COLOUR },
      };
    case 'points':
      return {
        type: 'scatter',
        data: plan.points,
        symbolSize: plan.points.length > 500 ? 4 : 7,
        itemStyle: { color: COLOUR, opacity: 0.7 },
      };
    default: {
      const never: never = plan.kind;
      return never;
    }
  }
}
