import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));
const isBun = 'bun' in process.versions;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The real command; `onLine` sees what it says while it runs. */
function bench(
  args: readonly string[],
  onLine: (line: string, interrupt: () => void) => void = () => {},
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [RUN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      onLine(chunk.toString(), () => child.kill('SIGINT'));
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

  test('one short run prints its table and writes its report', async () => {
    await using folder = await tempFolder();
    const json = join(folder.path, 'report.json');
    const { code, output } = await bench([
      ...['--filter', 'ack-under-load', '--modes', 'offload,floor'],
      ...['--quick', '--rounds', '1', '--seconds', '0.5', '--json', json],
    ]);
    expect(output).toContain('offload (the bot as it is)');
    expect(code).toBe(0);
    const report: unknown = JSON.parse(await readFile(json, 'utf8'));
    expect(report).toMatchObject({
      format: 2,
      partial: false,
      scenarios: [
        {
          name: 'ack-under-load',
          modes: [
            { mode: 'offload', sent: 10, lost: 0 },
            { mode: 'floor', sent: 10 },
          ],
        },
      ],
    });
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
    for (const { mode, load, memory } of rounds) {
      expect([mode, load.failed, load.firstFailure]).toEqual([mode, 0, undefined]);
      expect(load.sent).toBeGreaterThanOrEqual(20);
      expect(load.done + load.busy).toBe(load.sent);
      expect(memory.samples).toEqual(expect.arrayContaining([memory.start, memory.peak, memory.end]));
      expect(memory.growth).toBe(memory.end - memory.start);
    }
  }, 120_000);

  test('Ctrl-C leaves no process and no folder behind, and what is printed says that it is partial', async () => {
    await using folder = await tempFolder();
    const { code, output } = await bench(
      ['--quick', '--rounds', '50', '--seconds', '0.5', '--modes', 'floor', '--filter', 'ack'],
      (line, interrupt) => {
        if (line.includes('round 1 of 50')) interrupt();
      },
      { TMPDIR: folder.path },
    );
    expect(output).toContain('THIS REPORT IS PARTIAL');
    expect(output).toContain('floor (an empty discord.js bot)');
    expect(code).toBe(130);
    expect(await readdir(folder.path)).toEqual([]);
    expect(await processesIn(folder.path)).toEqual([]);
  }, 120_000);
});

/** Every process of the bench works below its temporary folder. */
async function processesIn(folder: string): Promise<string[]> {
  const entries = await readdir('/proc').catch(() => []); // only Linux can tell
  const places = entries.filter((entry) => /^\d+$/.test(entry)).map((pid) => readlink(`/proc/${pid}/cwd`));
  return (await Promise.allSettled(places)).flatMap((place) =>
    place.status === 'fulfilled' && place.value.startsWith(folder) ? [place.value] : [],
  );
}

async function tempFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'rockhopper-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
