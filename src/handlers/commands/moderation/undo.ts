import { Value } from '@sinclair/typebox/value';
import type { JSONValue } from 'postgres';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { actionOf } from '../../../services/moderation/actions.ts';
import { amend } from '../../../services/moderation/amend.ts';
import { caseCard } from '../../../services/moderation/entry.ts';
import { isLasting } from '../../../services/moderation/lasting.ts';
import type { Case } from '../../../services/moderation/moderation.ts';
import { typeWords } from '../../../services/moderation/notice.ts';
import { CASE_NUMBER } from '../../case-number-option.ts';
import { CASE_RULES } from '../../case-pages.ts';
import { mustMayTakeBack, readCase } from '../../case-rights.ts';
import { defineCommand } from '../../define.ts';
import { LONGEST_REASON, MODERATES, moderate } from '../../moderate.ts';
import { text } from '../../options.ts';

/** Takes back what was done by a case: by a case of its own, or, of a warning, by saying that it does not count. */
export default defineCommand({
  ...MODERATES,
  needs: CASE_RULES.needs,
  options: { case: CASE_NUMBER, reason: text({ optional: true, max: LONGEST_REASON - 100 }) },
  async run(asked, context) {
    const { options, interaction } = asked;
    const one = await readCase(options.case, interaction, context);
    await mustMayTakeBack(one, asked, context);
    const why = await reasonOf(one, options.reason, context);
    if (one.type === 'warn') {
      const amended = await amend(one, interaction.user.id, [{ kind: 'void', why }], context);
      return await caseCard(amended, context);
    }
    const { type, data } = oppositeOf(one, context);
    const targets = [{ id: one.target, name: one.targetName }];
    return await moderate(asked, { type, targets, reason: why, data }, context);
  },
});

/** What takes it back. UserError where nothing does. */
function oppositeOf(one: Case, context: Context): { readonly type: string; readonly data: JSONValue } {
  if (one.state === 'pending') throw new UserError('cases.amend.pending');
  if (one.state === 'void') throw new UserError('cases.amend.voidAlready');
  const type = actionOf(one)?.undoneBy;
  const action = type === undefined ? undefined : actionOf({ type });
  if (type === undefined || !action) throw new UserError('cases.undo.cannot', { type: typeWords(one, context) });
  if (!isLasting(one, context.now())) throw new UserError('cases.undo.over', { number: one.number });
  const known = { ...Object(one.data), case: one.number };
  const data = Value.Clean(action.data, structuredClone(known)) as JSONValue; // a part of what was plain data
  return { type, data };
}

/** In the server's language, since everybody reads it. */
async function reasonOf({ guild, number }: Case, reason: string | undefined, context: Context): Promise<string> {
  const { language: locale } = await context.settings.of(guild, 'general');
  const key = reason === undefined ? 'cases.undo.plain' : 'cases.undo.because';
  return context.i18n.t(key, { number, reason: reason ?? '' }, locale);
}
