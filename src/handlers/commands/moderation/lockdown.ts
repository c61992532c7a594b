import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { LOCK, LOCK_RULES, readLock } from '../../lock-option.ts';
import { moderate } from '../../moderate.ts';
import { text } from '../../options.ts';
import { REASON } from '../../reason-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 365 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['10 minutes', '30 minutes', '1 hour', '6 hours', '1 day'];

/** Lets only staff talk in a channel, a category or the whole server. */
export default defineCommand({
  ...LOCK_RULES,
  options: {
    ...LOCK,
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    reason: REASON,
  },
  async run(asked, context) {
    const { duration, reason, ...place } = asked.options;
    const ms = duration === undefined ? undefined : readDuration(duration, BOUNDS);
    const until = ms === undefined ? undefined : new Date(context.now().getTime() + ms);
    const targets = [await readLock(asked.interaction, place, 'lockdown', context)];
    return await moderate(asked, { type: 'lockdown', targets, reason, until }, context);
  },
});
