import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { type StartBotOptions, startBot, type TestBot } from '../../bot.ts';
import { ruleOf } from '../../workers/rules/judging.ts';
import { storeRules } from './stored-rules.ts';

/** A bot with threads that can be held, or ended. */
export interface JudgingBot extends TestBot {
  /** What makes a thread wait at this message until `release`. */
  readonly holding: string;
  /** What ends the thread it comes to, the first time. */
  readonly deadly: string;
  release(): Promise<void>;
}

export async function startJudging(options: StartBotOptions = {}): Promise<JudgingBot> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'rockhopper-hold-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const workerFile = new URL('judging-worker.ts', import.meta.url).href;
  const bot = opened.use(await startBot({ workerFile, ...options }));
  const [released, died] = [join(folder, 'released'), join(folder, 'died')];
  const release = () => writeFile(released, '');
  opened.defer(release);
  const owned = opened.move();
  return {
    ...bot,
    holding: `hold until ${released}`,
    deadly: `end unless ${died}`,
    release,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** From now on the server deletes messages with this word alone, but of moderators and those above; without one it has no rules. */
export async function forbid({ app }: Pick<TestBot, 'app'>, guild: string, word: string | undefined): Promise<void> {
  const rules =
    word === undefined
      ? []
      : [ruleOf({ when: { type: 'words', terms: [word], match: 'word' }, actions: [{ do: 'delete' }] })];
  const version = await storeRules(app.database, guild, rules);
  await expect.poll(async () => (await app.rules.of(guild))?.version ?? 0).toBe(word === undefined ? 0 : version);
}

/** What those of these messages say that are still there. */
export function left({ discord }: Pick<TestBot, 'discord'>, messages: readonly APIMessage[]): readonly string[] {
  return messages.flatMap(({ id }) => discord.state.messages.get(id)?.content ?? []);
}

/** Waits until of these messages only those are there that say what is allowed. */
export async function untilLeft(
  bot: Pick<TestBot, 'discord'>,
  messages: readonly APIMessage[],
  allowed: readonly string[],
): Promise<void> {
  await expect.poll(() => left(bot, messages)).toEqual(allowed);
}
