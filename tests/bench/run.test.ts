import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Latencies } from '../../bench/measure/latencies.ts';
import type { UsageSample } from '../../bench/measure/usage-over-time.ts';
import { type AckRound, FORMAT } from '../../bench/report/report.ts';
import { roundOf } from './rounds.ts';

const RUN = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));
const isBun = 'bun' in process.versions;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface BenchOptions {
  /** Sees what it says while it runs, and may press Ctrl-C. */
  readonly onLine?: (line: string, interrupt: () => void) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** What starts it, with its arguments. */
  readonly through?: readonly string[];
}

/** The real command. */
function bench(args: readonly string[], o: BenchOptions = {}): Promise<Ended> {
  const [program = '', ...rest] = [...(o.through ?? []), process.execPath, RUN, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...o.env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      o.onLine?.(chunk.toString(), () => child.kill('SIGINT'));
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

// The bench itself is Bun's; what it measures need not be.
describe.runIf(isBun)('bun run bench', () => {
  test.each([
    [['--quik'], 'Did you mean --quick?'],
    [['--runtime', 'perl'], 'Allowed choices are bun, deno, binary'],
    [['--rounds', '0'], 'a whole number from 1 to 1000 is expected'],
    [['--seconds', 'ten'], 'seconds from 0.5 to 3600 are expected'],
    [['--modes', 'offload,fast'], 'there is no mode fast'],
    [['--filter', 'nothing-like-this'], 'there are: ack-under-load'],
    [['--json', '/no/such/folder/report.json', '--quick'], '/no/such/folder is no folder'],
    [['--threads', '1'], 'a whole number from 2 to 64 is expected'],
    [['--quick', '--full'], "option '--full' cannot be used with option '--quick'"],
    [['--compare', 'a.json'], '--compare takes two files'],
    [['--compare', '/no/such/a.json', 'b.json'], '/no/such/a.json cannot be read'],
    [['--profile', '--runtime', 'binary'], 'the binary has no way in to be profiled'],
  ])('%j is refused with clear words and exit code 2', async (args, words) => {
    const { code, output } = await bench(args);
    expect(output).toContain(words);
    expect(code).toBe(2);
  });

  test('help is no failure', async () => {
    const { code, output } = await bench(['--help']);
    expect(output).toContain('--runtime <name>');
    expect(code).toBe(0);
  });

  test('too few cores are told before anything is measured', async () => {
    const { code, output } = await bench(['--quick', '--filter', 'idle'], { through: ['taskset', '-c', '0'] });
    expect(output).toContain('there is 1 core here');
    expect(code).toBe(1);
  });

  test('a bot that stands still is caught by whoever asks meanwhile, with what it did, and fails a comparison', async () => {
    await using folder = await tempFolder();
    const json = join(folder.path, 'report.json');
    const { code, output } = await bench([
      ...['--filter', 'idle', '--modes', 'offload', '--quick', '--rounds', '2', '--seconds', '1.5'],
      ...['--held-up', 'bot', '--profile', '--json', json],
    ]);
    expect(output).toContain('offload (the bot as it is)');
    expect(output).toMatch(/offload was over 5 ms late because of: .*planted stall \d/);
    expect(code).toBe(0);
    const report = JSON.parse(await readFile(json, 'utf8'));
    expect(report).toMatchObject({ format: FORMAT, partial: false, scenarios: [{ name: 'idle' }] });
    const rounds = report.scenarios[0].rounds;
    expect(rounds.map(({ mode }: AckRound) => mode)).toEqual(['offload', 'offload']);
    const { ack, flame, histograms, late, series } = rounds[0];
    expect(JSON.stringify(flame)).toContain('standStill');
    expect(late).toContainEqual({ ran: 'planted stall', count: expect.any(Number), ms: expect.any(Number) });
    // One stall of 200 ms, and all who came while it lasted: asking one after the other would have met it once.
    expect(ack.max).toBeGreaterThan(150);
    const waited = Latencies.decode(histograms.ack)
      .counted()
      .filter(([ms]) => ms > 40);
    expect(waited.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(3);
    expect(series.usage.length).toBeGreaterThan(2);
    expect(series.loop.length).toBeGreaterThan(0);
    expect(await readdir(join(folder.path, 'report.profiles'))).toContain('idle-offload-1.cpuprofile');
    const page = await readFile(join(folder.path, 'report.html'), 'utf8');
    expect(page).toContain('planted stall');
    const before = join(folder.path, 'before.json');
    const calm = [1, 2, 3].map(() => roundOf('offload', Array(30).fill(2)));
    const was = { ...report, scenarios: [{ ...report.scenarios[0], rounds: calm }] };
    await writeFile(before, JSON.stringify(was));
    // A machine that others use makes rounds invalid; what is shown here does not depend on it.
    for (const round of rounds) round.invalid = [];
    await writeFile(json, JSON.stringify(report));
    const compared = await bench(['--compare', before, json]);
    expect(compared.output).toMatch(/idle: first answer, p99 .* WORSE$/m);
    expect(compared.code).toBe(1);
    expect((await bench(['--compare', before, before])).code).toBe(0);
  }, 120_000);

  test('a driver that stands still makes its round invalid', async () => {
    await using folder = await tempFolder();
    const { output } = await bench([
      ...['--filter', 'idle', '--modes', 'floor', '--quick', '--rounds', '1', '--seconds', '1.5'],
      ...['--held-up', 'driver', '--json', join(folder.path, 'report.json')],
    ]);
    expect(output).toMatch(/not valid: the driver sent late .*the driver's own loop stood still for/);
    expect(output).toContain('floor had no valid round');
  }, 120_000);

  test('a storm of files tells what became of every file, and of memory meanwhile', async () => {
    await using folder = await tempFolder();
    const json = join(folder.path, 'report.json');
    const { code, output } = await bench([
      ...['--filter', 'attachment-storm', '--modes', 'offload,floor'],
      ...['--quick', '--rounds', '1', '--seconds', '1', '--json', json],
    ]);
    expect(output).toContain('load and memory');
    expect(code).toBe(0);
    const report = JSON.parse(await readFile(json, 'utf8'));
    const [{ rounds }] = report.scenarios;
    for (const { mode, load, memory, series } of rounds) {
      expect([mode, load.failed, load.firstFailure]).toEqual([mode, 0, undefined]);
      expect(load.sent).toBeGreaterThanOrEqual(20);
      expect(load.done + load.busy).toBe(load.sent);
      const resident = series.usage.map((sample: UsageSample) => sample.resident);
      expect(resident).toEqual(expect.arrayContaining([memory.start, memory.peak, memory.end]));
      expect(memory.growth).toBe(memory.end - memory.start);
    }
  }, 240_000);

  test('Ctrl-C leaves no process and no folder behind, and what is printed and written says that it is partial', async () => {
    await using folder = await tempFolder();
    await using reports = await tempFolder();
    const json = join(reports.path, 'report.json');
    const { code, output } = await bench(
      [...['--quick', '--rounds', '50', '--seconds', '0.5', '--modes', 'floor', '--filter', 'idle'], '--json', json],
      {
        env: { TMPDIR: folder.path },
        onLine: (line, interrupt) => {
          if (line.includes('round 1 of 50')) interrupt();
        },
      },
    );
    expect(output).toContain('THIS REPORT IS PARTIAL');
    expect(output).toContain('floor (an empty discord.js bot)');
    expect(code).toBe(130);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ partial: true });
    expect(await readFile(json.replace('.json', '.html'), 'utf8')).toContain('This report is partial');
    expect(await readdir(folder.path)).toEqual([]);
    expect(await processesIn(folder.path)).toEqual([]);
  }, 120_000);

  test.runIf(process.platform === 'linux')(
    'a bot that dies meanwhile ends its scenario, in clear words',
    async () => {
      await using folder = await tempFolder();
      await using reports = await tempFolder();
      const { code, output } = await bench(
        [
          ...['--quick', '--rounds', '9', '--seconds', '1', '--modes', 'offload', '--filter', 'idle'],
          ...['--json', join(reports.path, 'report.json')],
        ],
        {
          env: { TMPDIR: folder.path },
          onLine: (line) => {
            if (line.includes('round 1 of 9')) void killBot(folder.path);
          },
        },
      );
      expect(output).toMatch(/FAILED: the bot \(offload\) was ended by SIGKILL/);
      expect(output).toContain('THIS REPORT IS PARTIAL');
      expect(code).toBe(1);
      expect(await processesIn(folder.path)).toEqual([]);
    },
    120_000,
  );
});

/** Ends the next bot that there is, as a machine out of memory would. */
async function killBot(folder: string): Promise<void> {
  for (;;) {
    for (const { pid } of await processesIn(folder)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (command.includes('bots/rockhopper.ts')) return void process.kill(Number(pid), 'SIGKILL');
    }
    await setTimeout(10);
  }
}

/** Every process of the bench works below its temporary folder. */
async function processesIn(folder: string): Promise<readonly { readonly pid: string }[]> {
  const entries = await readdir('/proc').catch(() => []); // only Linux can tell
  const places = entries
    .filter((entry) => /^\d+$/.test(entry))
    .map(async (pid) => ({ pid, place: await readlink(`/proc/${pid}/cwd`) }));
  return (await Promise.allSettled(places)).flatMap((one) =>
    one.status === 'fulfilled' && one.value.place.startsWith(folder) ? [{ pid: one.value.pid }] : [],
  );
}

async function tempFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'rockhopper-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
