import { UserError } from '../../../../services/answers/user-error.ts';
import { type Amendment, amend } from '../../../../services/moderation/amend.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { mustMayChange, mustMayTakeBack, readCase } from '../../../case-rights.ts';
import { viewCase } from '../../../case-view.ts';
import { defineCommand } from '../../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../../duration-option.ts';
import { text } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';

const BOUNDS = { minMs: 60_000, maxMs: 5 * 365 * 86_400_000 } as const;
const TYPICAL = ['for good', '1 day', '3 days', '1 week', '2 weeks', '30 days', '90 days'];
const FOR_GOOD = /^\s*(?:for good|for ?ever|permanent(?:ly)?)\s*$/i;

/** Changes the reason of a case, or when what lasts by it ends, counted from now. */
export default defineCommand({
  ...CASE_RULES,
  options: {
    number: CASE_NUMBER,
    reason: REASON,
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
  },
  async run(asked, context) {
    const { interaction } = asked;
    const { number, reason, duration } = asked.options;
    const amendments: readonly Amendment[] = [
      ...(reason === undefined ? [] : [{ kind: 'reason', text: reason } as const]),
      ...(duration === undefined ? [] : [{ kind: 'until', until: endOf(duration, context.now()) } as const]),
    ];
    if (amendments.length === 0) throw new UserError('cases.amend.nothing');
    const one = await readCase(number, interaction, context);
    await (duration === undefined ? mustMayChange : mustMayTakeBack)(one, asked, context);
    return await viewCase(await amend(one, interaction.user.id, amendments, context), context);
  },
});

function endOf(duration: string, now: Date): Date | null {
  return FOR_GOOD.test(duration) ? null : new Date(now.getTime() + readDuration(duration, BOUNDS));
}
