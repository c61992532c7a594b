import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Late, LoopMonitor, type Stall } from '../../src/lib/loop-monitor.ts';

/** Holds the loop up for real. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('on the real clock', () => {
  test('a blocked loop is reported with what blocked it, and shows in the figures', async () => {
    const reported = Promise.withResolvers<Stall>();
    const warn = vi.fn();
    using monitor = new LoopMonitor({ log: { warn }, onStall: reported.resolve, worked: () => performance.now() });
    using window = monitor.window();
    setTimeout(() => {
      monitor.label('command /inspect');
      block(150);
    }, 20);
    const stall = await reported.promise;
    expect(stall.ran).toBe('command /inspect');
    expect(stall.ms).toBeGreaterThan(100);
    expect(monitor.longestWithin(5_000)).toBe(stall.ms);
    expect(monitor.longestWithin(0)).toBe(0);
    expect(warn).toHaveBeenCalledWith({ stallMs: stall.ms, ran: 'command /inspect' }, 'the event loop stood still');
    // The histogram samples on a timer of its own, which may be due a moment after the detector's.
    await vi.waitUntil(() => monitor.stats().max > 100);
    for (const { p50, p99, max } of [monitor.stats(), window.stats()]) {
      expect(max).toBeLessThan(10_000);
      expect(p50).toBeLessThanOrEqual(p99);
      // Histograms keep three digits.
      expect(p99).toBeLessThanOrEqual(max * 1.01);
    }
    window.reset();
    expect(window.stats().max).toBeLessThan(100);
    expect(monitor.stats().max).toBeGreaterThan(100);
  });
});

describe('a stall is charged to', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  /** A loop whose time passes only as told: `idle` lets timers run on time, `busy` does not let them run, `held` neither them nor the loop. */
  function loop() {
    let now = 1_000;
    let worked = 0;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const stalls: Stall[] = [];
    const monitor = new LoopMonitor({
      log: { warn: () => {} },
      onStall: (stall) => stalls.push(stall),
      worked: () => worked,
    });
    const lates: Late[] = [];
    monitor.onLate((late) => lates.push(late));
    return {
      monitor,
      lates: () => lates.map(({ ran, ms }) => `${ran} ${ms}`),
      stalls: () => stalls.map(({ ran, ms }) => `${ran} ${ms}`),
      busy: (ms: number) => {
        now += ms;
        worked += ms;
      },
      held: (ms: number) => {
        now += ms;
      },
      idle: (ms: number) => {
        for (let left = ms; left > 0; left -= 10) {
          now += 10;
          vi.advanceTimersByTime(10);
        }
      },
    };
  }

  test('the last label given before it', () => {
    const { monitor, stalls, busy, idle } = loop();
    idle(50);
    monitor.label('job cleanup');
    busy(80);
    idle(50);
    expect(stalls()).toEqual(['job cleanup 80']);
    expect(monitor.stalls).toBe(1);
    monitor[Symbol.dispose]();
  });

  test('what came after an await of the same work, too', () => {
    const { monitor, stalls, busy, idle } = loop();
    monitor.label('command /report');
    idle(500);
    busy(60);
    idle(10);
    expect(stalls()).toEqual(['command /report 60']);
    monitor[Symbol.dispose]();
  });

  test('the one of several that took longest', () => {
    const { monitor, stalls, busy, idle } = loop();
    monitor.label('message');
    busy(5);
    monitor.label('command /big');
    busy(100);
    monitor.label('message');
    busy(5);
    idle(10);
    expect(stalls()).toEqual(['command /big 110']);
    monitor[Symbol.dispose]();
  });

  test('nobody when the last label is long past', () => {
    const { monitor, stalls, busy, idle } = loop();
    monitor.label('job cleanup');
    idle(3_000);
    busy(70);
    idle(10);
    expect(stalls()).toEqual(['unlabelled 70']);
    monitor[Symbol.dispose]();
  });

  test('and so is whatever holds the loop up for over 5 ms', () => {
    const { monitor, lates, stalls, busy, idle } = loop();
    monitor.label('command /big');
    busy(18);
    idle(30);
    busy(4);
    idle(30);
    expect(lates()).toEqual(['command /big 18']);
    expect(stalls()).toEqual([]);
    monitor[Symbol.dispose]();
  });

  test('no core where the thread had none for most of the time', () => {
    const { monitor, lates, stalls, busy, held, idle } = loop();
    monitor.label('command /ping');
    busy(15);
    held(65);
    idle(10);
    busy(25);
    held(35);
    idle(10);
    expect(stalls()).toEqual(['no free core 80', 'command /ping 60']);
    expect(lates()).toEqual(stalls());
    monitor[Symbol.dispose]();
  });

  test('nobody at all when it is short or the monitor is closed', () => {
    const { monitor, stalls, busy, idle } = loop();
    busy(49);
    idle(20);
    expect(stalls()).toEqual([]);
    monitor[Symbol.dispose]();
    busy(100);
    idle(20);
    expect(stalls()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
