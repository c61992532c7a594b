import { expect } from 'vitest';
import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import type { TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

/** Asks for something that is done to many, and presses the button under what is shown. Says both. `meanwhile` comes in between. */
export async function confirmed(
  { discord }: TestBot,
  name: string,
  options: OptionValues,
  as = 'moderator',
  meanwhile = () => {},
) {
  const shown = await discord.slash(name, options, { as, unchecked: true, deadlineMs: 90_000 });
  const first = saidIn(shown);
  const message = [shown.message, ...shown.followUps].find((one) => customIdsIn(one).length > 0);
  const [button] = customIdsIn(message);
  if (!message || button === undefined) return { shown: first, begun: '' };
  meanwhile();
  const begun = await discord.click(message, button, { as, deadlineMs: 90_000 });
  const again = async () => saidIn(await discord.click(message, button, { as, unchecked: true }));
  return { shown: first, begun: saidIn(begun), again };
}

/** The only run there is, with the outcomes of its items in their order. */
export async function runOf({ db }: TestBot) {
  const [run] =
    await db`select id::text as id, kind, state, why, message_id::text as message, channel_id::text as channel from mass_runs`;
  const items =
    await db`select target_id::text as target, outcome, why, case_number as case from mass_items order by run_id, place`;
  return { run, items };
}

export async function untilOver(bot: TestBot) {
  await expect
    .poll(async () => (await runOf(bot)).run?.state, { timeout: 300_000, interval: 100 })
    .not.toMatch(/asked|running/);
  return await runOf(bot);
}

/** What the message of the run says. */
export async function messageOf(bot: TestBot): Promise<string> {
  const { run } = await runOf(bot);
  const message = bot.discord.state.messages.get(String(run?.message));
  return JSON.stringify(message?.components ?? null);
}
