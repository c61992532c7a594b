import { expect, test } from 'vitest';
import { untilReady } from '../../bench/processes/bots.ts';
import { Processes } from '../../bench/processes/processes.ts';

const { signal } = new AbortController();
const PROGRAM: readonly [string, ...string[]] =
  'Deno' in globalThis ? [process.execPath, 'eval', '--ext=ts'] : [process.execPath, '-e'];

function start(processes: Processes, program: string) {
  return processes.start({ name: 'the bot (offload)', command: [...PROGRAM, program], cwd: process.cwd(), env: {} });
}

test('a bot that never becomes ready is given up with clear words, and ended', async () => {
  await using processes = new Processes();
  const bot = start(processes, 'console.log("starting"); setInterval(() => undefined, 1_000)');
  await expect(untilReady(bot, signal, 1_000)).rejects.toThrow(
    'the bot (offload) was not ready within 1 s; its last words:\n  | starting',
  );
  await bot[Symbol.asyncDispose]();
  expect(await bot.ended).toContain('SIG');
});

test('a bot that ends before it is ready is told of with its last words', async () => {
  await using processes = new Processes();
  const bot = start(processes, 'console.log("no database here"); process.exit(3)');
  const failure = expect(untilReady(bot, signal)).rejects;
  await failure.toThrow(/the bot \(offload\) ended with 3 .*\n.*no database here/);
});
