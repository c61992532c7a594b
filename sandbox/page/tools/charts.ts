import uPlot from 'uplot';
import { h } from '../element.ts';
import type { BotStatus } from '../protocol.ts';

interface Line {
  readonly label: string;
  readonly colour: string;
  readonly read: (status: BotStatus) => number;
}

export interface ChartSpec {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
}

/** Two minutes, at one status a second. */
const KEPT = 120;
const HEIGHT = 110;

/** What is drawn of the bot's status. */
export const CHARTS: readonly ChartSpec[] = [
  {
    title: 'Event loop delay',
    unit: 'ms',
    lines: [
      { label: 'p50', colour: '#3ba55d', read: ({ loop }) => loop.p50 },
      { label: 'p99', colour: '#f0b232', read: ({ loop }) => loop.p99 },
      { label: 'max', colour: '#f23f43', read: ({ loop }) => loop.max },
    ],
  },
  {
    title: 'First answer (ack)',
    unit: 'ms',
    lines: [
      { label: 'p50', colour: '#3ba55d', read: ({ ack }) => ack.p50 },
      { label: 'p99', colour: '#f0b232', read: ({ ack }) => ack.p99 },
    ],
  },
  {
    title: 'Waiting for a thread',
    unit: '',
    lines: [
      { label: 'quick', colour: '#5865f2', read: ({ lanes }) => lanes.quick.queued },
      { label: 'bulk', colour: '#eb459e', read: ({ lanes }) => lanes.bulk.queued },
    ],
  },
  {
    title: 'Threads busy',
    unit: '',
    lines: [
      { label: 'quick', colour: '#5865f2', read: ({ lanes }) => lanes.quick.busy },
      { label: 'bulk', colour: '#eb459e', read: ({ lanes }) => lanes.bulk.busy },
    ],
  },
];

/** One live chart. The latest numbers stand beside it as text, for those who do not see curves. */
export class Chart {
  readonly element: HTMLElement;
  readonly #spec: ChartSpec;
  readonly #latest = h('span', { class: 'chart-latest' });
  readonly #box = h('div', { class: 'chart-box' });
  readonly #times: number[] = [];
  readonly #values: number[][];
  #plot: uPlot | undefined;

  constructor(spec: ChartSpec) {
    this.#spec = spec;
    this.#values = spec.lines.map(() => []);
    this.element = h(
      'figure',
      { class: 'chart', 'aria-label': spec.title },
      h('figcaption', {}, h('strong', {}, spec.title), this.#latest),
      this.#box,
    );
  }

  add(status: BotStatus): void {
    this.#times.push(Date.parse(status.at) / 1_000);
    for (const [at, { read }] of this.#spec.lines.entries()) this.#values[at]?.push(read(status));
    if (this.#times.length > KEPT) for (const list of [this.#times, ...this.#values]) list.shift();
    this.#latest.replaceChildren(
      ...this.#spec.lines.map((line, at) => this.#drawLatest(line, this.#values[at]?.at(-1) ?? 0)),
    );
    this.draw();
  }

  /** Drawn only while it is seen. */
  draw(): void {
    const width = this.#box.clientWidth;
    if (width === 0 || this.#times.length === 0) return;
    this.#plot ??= this.#make(width);
    if (this.#plot.width !== width) this.#plot.setSize({ width, height: HEIGHT });
    this.#plot.setData([this.#times, ...this.#values]);
  }

  #make(width: number): uPlot {
    const axis = {
      stroke: '#949ba4',
      grid: { stroke: 'rgba(148, 155, 164, 0.18)', width: 1 },
      ticks: { show: false },
      font: '11px system-ui',
    };
    const options: uPlot.Options = {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.15, 1)] } },
      axes: [
        {
          ...axis,
          size: 22,
          values: (_, all) =>
            all.map((at) =>
              new Date(at * 1_000).toLocaleTimeString('en', { minute: '2-digit', second: '2-digit', hour12: false }),
            ),
        },
        { ...axis, size: 40 },
      ],
      series: [
        {},
        ...this.#spec.lines.map(({ label, colour }) => ({
          label,
          stroke: colour,
          width: 1.5,
          points: { show: false },
        })),
      ],
    };
    return new uPlot(options, [this.#times, ...this.#values], this.#box);
  }

  #drawLatest({ label, colour }: Line, value: number): HTMLElement {
    const dot = h('i', { class: 'chart-dot', 'aria-hidden': true });
    dot.style.background = colour;
    const shown = value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1);
    return h('span', {}, dot, `${label} ${shown}${this.#spec.unit && ` ${this.#spec.unit}`}`);
  }
}
