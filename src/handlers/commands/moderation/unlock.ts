import { defineCommand } from '../../define.ts';
import { LOCK, LOCK_RULES, readLock } from '../../lock-option.ts';
import { moderate } from '../../moderate.ts';
import { unlockButton } from '../../raid-buttons.ts';
import { REASON } from '../../reason-option.ts';

/** Gives back what a lockdown took. */
export default defineCommand({
  ...LOCK_RULES,
  components: [unlockButton],
  options: { ...LOCK, reason: REASON },
  async run(asked, context) {
    const { reason, ...place } = asked.options;
    const targets = [await readLock(asked.interaction, place, 'unlock', context)];
    return await moderate(asked, { type: 'unlock', targets, reason }, context);
  },
});
