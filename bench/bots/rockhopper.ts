import { setTimeout } from 'node:timers/promises';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { App } from '../../src/app.ts';
import { withoutGarbageHelpers } from '../../src/cli/garbage-helpers.ts';
import { run } from '../../src/cli/run.ts';
import { selfCommand } from '../../src/cli/self.ts';
import { parseConfig } from '../../src/config.ts';
import { lockRules, writeChange } from '../../src/db/automod-rules.ts';
import type { Rule } from '../../src/workers/rules/schema.ts';
import { RULE_SETS } from '../load/rule-sets.ts';

const Work = Type.Object({
  inline: Type.Boolean(),
  burn: Type.Optional(Type.Object({ iterations: Type.Integer({ minimum: 1 }) })),
  rules: Type.Optional(Type.Union([Type.Literal('flood'), Type.Literal('variants')])),
});

const LONG_MS = 600_000;

/** Keeps a call waiting for every thread that works; inline one after the other, and the loop turns in between. */
async function keepFull({ workers, inFlight }: App, iterations: number, inline: boolean, signal: AbortSignal) {
  const calls = inline ? 1 : 2 * workers.stats().bulk.threads;
  const one = async () => {
    while (!signal.aborted) {
      await inFlight.track('burn', (stop) => workers.offload('burn', { iterations }, { signal: stop }), {
        deadlineMs: LONG_MS,
      });
      await setTimeout(0); // Deno would never come to its sockets between two setImmediate
    }
  };
  await Promise.all(Array.from({ length: calls }, one));
}

/** Gives every server these rules, unless it has some from the round before. */
async function makeRules({ database, discord }: App, rules: readonly Rule[]): Promise<void> {
  for (const guild of discord.guilds.cache.keys()) {
    await database.begin(async (tx, notify) => {
      const { rules: there } = await lockRules(tx, guild);
      if (there.length > 0) return;
      const changes = rules.map((rule, place) => ({
        id: rule.id,
        before: null,
        after: JSON.stringify(rule),
        place,
      }));
      await writeChange({ tx, notify }, { guild, by: null, undoes: null }, changes);
    });
  }
}

// As main.ts does.
withoutGarbageHelpers(selfCommand(import.meta.url));

/** The bot as it is, with the bench's work in its pool. It ends when its standard input closes. */
const work = Value.Parse(Work, JSON.parse(process.argv[2] ?? '{}'));
const gone = new Promise<never>((_, reject) => {
  process.stdin.once('end', () => reject(new Error('the bench is gone'))).resume();
});
await run(parseConfig(process.env), {
  overrides: { inline: work.inline },
  lost: gone,
  onReady: async (app, signal) => {
    if (work.rules) await makeRules(app, RULE_SETS[work.rules]());
    if (work.burn) keepFull(app, work.burn.iterations, work.inline, signal).catch(() => undefined); // it stops with the bot
  },
});
process.exit();
