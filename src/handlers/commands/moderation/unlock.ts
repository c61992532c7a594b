import { defineCommand } from '../../define.ts';
import { LOCK, LOCK_RULES, readLock } from '../../lock-option.ts';
import { LONGEST_REASON, moderate } from '../../moderate.ts';
import { text } from '../../options.ts';

/** Gives back what a lockdown took. */
export default defineCommand({
  ...LOCK_RULES,
  options: { ...LOCK, reason: text({ optional: true, max: LONGEST_REASON }) },
  async run(asked, context) {
    const { reason, ...place } = asked.options;
    const targets = [await readLock(asked.interaction, place, 'unlock', context)];
    return await moderate(asked, { type: 'unlock', targets, reason }, context);
  },
});
