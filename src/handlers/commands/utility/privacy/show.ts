import { optOutsOf } from '../../../../db/opt-outs.ts';
import { isBeingDeleted } from '../../../../db/privacy-deletions.ts';
import type { Part } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { heldParts, PRIVACY_RULES } from '../../../privacy-card.ts';

/** Says what is kept of whoever asks, on all servers. */
export default defineCommand({
  ...PRIVACY_RULES,
  async run({ interaction }, context) {
    const { id } = interaction.user;
    const [held, out, deleting] = await Promise.all([
      heldParts(id, context),
      optOutsOf(context.db, id),
      isBeingDeleted(context.db, id),
    ]);
    const outs: Part[] =
      out.length === 0
        ? []
        : [{ kind: 'lines', title: t('privacy.out'), lines: out.map((what) => t(`privacy.outs.${what}`)) }];
    const under: Part[] = deleting ? [{ kind: 'text', text: t('privacy.underWay') }] : [];
    return {
      tone: 'info',
      title: t('privacy.title'),
      parts: [...held, ...outs, ...under, { kind: 'small', text: t('privacy.rule') }],
      next: t('privacy.next'),
    };
  },
});
