import { createInterface } from 'node:readline';
import { Value } from '@sinclair/typebox/value';
import type { App } from '../../src/app.ts';
import { withoutGarbageHelpers } from '../../src/cli/garbage-helpers.ts';
import { run } from '../../src/cli/run.ts';
import { selfCommand } from '../../src/cli/self.ts';
import { parseConfig } from '../../src/config.ts';
import { lockRules, writeChange } from '../../src/db/automod-rules.ts';
import type { Rule } from '../../src/workers/rules/schema.ts';
import { RULE_SETS } from '../load/rule-sets.ts';
import { keepFull, keepReading, keepStandingStill, makeRows } from './loads.ts';
import { Watch } from './watch.ts';
import { Work } from './work.ts';

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

/** Begins what the bot is to do besides; it goes on until the bot stops. */
async function begin(app: App, { inline, burn, rules, read, heldUp }: Work, signal: AbortSignal): Promise<void> {
  if (rules) await makeRules(app, RULE_SETS[rules]());
  if (read) await makeRows(app, read.rows);
  const loads = [
    burn && keepFull(app, burn.iterations, { inline, signal }),
    read && keepReading(app, { inline, pauseMs: read.pauseMs ?? 0, signal }),
    heldUp && keepStandingStill(app, signal),
  ];
  for (const load of loads) if (load) load.catch(() => undefined); // it stops with the bot
}

// As main.ts does.
withoutGarbageHelpers(selfCommand(import.meta.url));

/** The bot as it is, with the bench's work in it and the bench's eyes on it. It ends when its standard input closes. */
const work = Value.Parse(Work, JSON.parse(process.argv[2] ?? '{}'));
const orders = createInterface(process.stdin);
const gone = new Promise<never>((_, reject) => orders.once('close', () => reject(new Error('the bench is gone'))));
await run(parseConfig(process.env), {
  overrides: { inline: work.inline },
  lost: gone,
  onReady: async (app, signal) => {
    const watch = new Watch(app.monitor);
    orders.on(
      'line',
      (line) => void watch.obey(line).catch((error: unknown) => app.log.error({ error }, 'the watch failed')),
    );
    await begin(app, work, signal);
  },
});
process.exit();
