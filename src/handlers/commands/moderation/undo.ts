import type { Context } from '../../../context.ts';
import { t } from '../../../services/answers/words.ts';
import { amend } from '../../../services/moderation/amend.ts';
import type { Case } from '../../../services/moderation/moderation.ts';
import { isGone, undoingOf } from '../../../services/moderation/undo.ts';
import { CASE_NUMBER } from '../../case-number-option.ts';
import { CASE_RULES } from '../../case-pages.ts';
import { mustMayTakeBack, readCase } from '../../case-rights.ts';
import { viewCase } from '../../case-view.ts';
import { defineCommand } from '../../define.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { SHORTER_REASON } from '../../reason-option.ts';

/** Takes back what was done by a case: by a case of its own, or, of a warning, by saying that it does not count. */
export default defineCommand({
  ...MODERATES,
  needs: CASE_RULES.needs,
  options: { case: CASE_NUMBER, reason: SHORTER_REASON },
  async run(asked, context) {
    const { options, interaction } = asked;
    const one = await readCase(options.case, interaction, context);
    await mustMayTakeBack(one, asked, context);
    const why = await reasonOf(one, options.reason, context);
    if (one.type === 'warn') {
      const amended = await amend(one, interaction.user.id, [{ kind: 'void', why }], context);
      return await viewCase(amended, context);
    }
    if (await isGone(one, context, asked.signal)) {
      const card = await viewCase(await amend(one, interaction.user.id, [{ kind: 'gone' }], context), context);
      return { ...card, parts: [{ kind: 'text', text: t('cases.undo.gone') }, ...card.parts] };
    }
    const targets = [{ id: one.target, name: one.targetName }];
    return await moderate(asked, { ...(await undoingOf(one, context, asked.signal)), targets, reason: why }, context);
  },
});

/** In the server's language, since everybody reads it. */
async function reasonOf({ guild, number }: Case, reason: string | undefined, context: Context): Promise<string> {
  const { language: locale } = await context.settings.of(guild, 'general');
  const key = reason === undefined ? 'cases.undo.plain' : 'cases.undo.because';
  return context.i18n.t(key, { number, reason: reason ?? '' }, locale);
}
