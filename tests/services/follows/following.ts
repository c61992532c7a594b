import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { OptionValues } from '../../../sandbox/server/verbs/option-values.ts';
import followSources from '../../../src/scheduler/jobs/follow-sources.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';

export const NOON = new Date('2027-07-06T12:00:00Z');
const MINUTE = 60_000;

/** A bot that follows, whose clock and whose looking the test moves. */
export interface FollowingBot extends AsyncDisposable {
  readonly bot: TestBot;
  readonly now: () => Date;
  /** What the owner is told who asks for this, a minute later each time. */
  ask(command: string, options?: OptionValues, until?: string | RegExp): Promise<string>;
  /** Moves the clock and looks at everything that is due then; what is posted has been posted afterwards. */
  look(minutes: number): Promise<void>;
  /** The cards the bot has posted in a channel, oldest first. */
  posted(channel?: string): readonly APIMessage[];
  titles(channel?: string): readonly (string | undefined)[];
}

export async function startFollowing(env: Readonly<Record<string, string>>): Promise<FollowingBot> {
  const clock = { now: NOON };
  const now = () => clock.now;
  const bot = await startBot({ now, jobs: {}, env });
  const signal = new AbortController().signal;
  const posted = (channel = 'random') =>
    bot.discord.state.messages
      .list(bot.discord.channels[channel] ?? '', { limit: 100 })
      .filter(({ author }) => author.id === bot.discord.state.bot.id)
      .reverse() as readonly APIMessage[];
  return {
    bot,
    now,
    async ask(command, options = {}, until = /\w/) {
      clock.now = new Date(clock.now.getTime() + MINUTE);
      const reply = await bot.discord.slash(command, options, { as: 'owner', settle: 'ack' });
      const fits = (one: typeof reply) => new RegExp(until).test(saidIn(one));
      await reply.until(fits, { deadlineMs: 30_000 }).catch(() => expect(saidIn(reply)).toMatch(until));
      return saidIn(reply);
    },
    async look(minutes) {
      clock.now = new Date(clock.now.getTime() + minutes * MINUTE);
      await followSources.run(bot.app, signal, () => {});
      bot.app.timers.wake();
      const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
      await expect.poll(open).toBe(0);
    },
    posted,
    titles: (channel) => posted(channel).flatMap(({ embeds }) => embeds.map(({ title }) => title)),
    [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose](),
  };
}
