import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPage } from '../../bench/report/html/page.ts';
import type { AckRound, ScenarioResult } from '../../bench/report/report.ts';
import { judge, summarise } from '../../bench/report/summary.ts';
import type { Mode } from '../../bench/scenario.ts';
import { reportOf, roundOf } from './rounds.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const missing = await access(CHROMIUM).then(
  () => undefined,
  () => `${CHROMIUM} is not installed`,
);

/** A round of ten seconds with everything that a report can tell of one. */
function fullRound(mode: Mode, ms: number): AckRound {
  const moments = Array.from({ length: 20 }, (_, at) => at * 500);
  const usage = { resident: 3e8, threads: 12, handles: 40 };
  const late = [{ ran: 'job <cleanup>', count: 3, ms: 240 }];
  return roundOf(
    mode,
    Array.from({ length: 200 }, (_, at) => ms + (at % 50)),
    {
      ...(mode !== 'floor' && { late, loop: { p50: 1, p99: 4, p999: 80, max: 90 }, heap: 4e7 }),
      cpu: { mainMs: 700, othersMs: 9_000 },
      series: {
        latency: moments.map((at) => ({ at, p50: ms, max: ms * 3 })),
        usage: moments.map((at) => ({ at, mainMs: at / 10, othersMs: at / 2, ...usage })),
        loop: mode === 'floor' ? [] : moments.map((at) => ({ at, loopP99: 2, loopMax: 5, heap: 4e7 })),
        late: [],
      },
    },
  );
}

function storm(): ScenarioResult {
  const rounds = [fullRound('offload', 2), fullRound('inline', 80), fullRound('floor', 1)];
  const modes = summarise(rounds);
  return { kind: 'ack', name: 'storm', about: 'files & more', modes, rounds, verdict: judge(modes, 3) };
}

const FACTS: ScenarioResult = {
  kind: 'facts',
  name: 'start-up',
  about: 'x',
  facts: [{ what: 'second start', value: 2, unit: 's', bar: 5 }],
};

test('what others wrote stands in the page as text', () => {
  const page = renderPage(reportOf([{ ...FACTS, about: '<script>alert(1)</script>' }]));
  expect(page).toContain('&lt;script&gt;alert(1)');
  expect(page).not.toContain('<script');
});

describe.skipIf(missing !== undefined)(`the page${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rockhopper-test-'));
    await writeFile(join(folder, 'report.html'), renderPage(reportOf([storm(), FACTS])));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The page, and what must not happen: errors, and requests for anything but itself. */
  async function open(scheme: 'dark' | 'light', width: number): Promise<{ page: Page; faults: readonly string[] }> {
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 800 } });
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!/^(file:.*report\.html|data:)/.test(request.url())) faults.push(`left the page: ${request.url()}`);
    });
    await page.goto(`file://${join(folder, 'report.html')}`);
    return { page, faults };
  }

  test.each([
    ['light', 1_280, 'rgb(253, 253, 252)'],
    ['dark', 1_280, 'rgb(20, 23, 26)'],
    ['light', 420, 'rgb(253, 253, 252)'],
  ] as const)('opens without errors and shows its curves, %s, %i pixels wide', async (scheme, width, paper) => {
    const { page, faults } = await open(scheme, width);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(paper);
    const curves = page.getByRole('img', { name: 'First answer: what so many percent' }).locator('.line');
    for (const curve of await curves.all()) expect((await curve.boundingBox())?.width).toBeGreaterThan(100);
    expect(await curves.count()).toBe(3);
    expect(await page.locator('.chart').count()).toBe(5);
    for (const picture of await page.locator('svg').all()) expect(await picture.isVisible()).toBe(true);
    await page.getByText('job <cleanup>', { exact: true }).first().waitFor();
    await page.getByRole('cell', { name: 'within 5 s' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
    await page.close();
  });
});
