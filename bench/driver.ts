import { createInterface } from 'node:readline';
import { Value } from '@sinclair/typebox/value';
import { type Sandbox, startSandbox } from '../sandbox/server/sandbox.ts';
import { Order, type Said } from './driver/protocol.ts';
import { Round, type RoundOptions } from './driver/round.ts';
import { silentService } from './load/silent-service.ts';
import { isMode, isRuntime } from './scenario.ts';
import { loadScenario } from './scenarios.ts';

/**
 * The driver: the local Discord and the people in it, in a process of their own. Sending and receiving are timed by one
 * clock in one process, so that a probe's latency needs no clock of the bot's.
 */
async function drive(sandbox: Sandbox, outsideUrl: string): Promise<void> {
  let round: Round | undefined;
  const { url, apiUrl, cdnUrl, token } = sandbox;
  say({ said: 'ready', url, apiUrl, cdnUrl, token, outsideUrl });
  for await (const line of createInterface(process.stdin)) {
    try {
      const order: unknown = JSON.parse(line);
      if (!Value.Check(Order, order)) throw new Error(`this is no order: ${line}`);
      if (order.order === 'warm') {
        round = await begin({ sandbox, outsideUrl }, order);
        await round.warmUp();
        say({ said: 'warmed' });
      } else {
        if (!round) throw new Error('nothing has been warmed up');
        say(order.order === 'measure' ? await round.measure() : await round.settle());
      }
    } catch (error) {
      say({ said: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function begin(
  place: Pick<RoundOptions, 'sandbox' | 'outsideUrl'>,
  { scenario: name, mode, runtime, seconds, heldUp }: Extract<Order, { order: 'warm' }>,
) {
  const scenario = await loadScenario(name);
  if (scenario.kind !== 'ack') throw new Error(`${name} has no probes`);
  if (!isMode(mode) || !isRuntime(runtime)) throw new Error(`there is no ${mode} on ${runtime}`);
  return new Round({ ...place, scenario, mode, runtime, seconds, heldUp });
}

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

// Ctrl-C reaches every process of the terminal; the bench ends this one when it has what it needs.
process.on('SIGINT', () => undefined);
await using sandbox = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' });
await using outside = await silentService();
await drive(sandbox, outside.url);
process.exit();
