import { Type } from '@sinclair/typebox';
import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { orderDeletion } from '../../../../services/privacy/deletion.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { heldParts, PRIVACY_RULES } from '../../../privacy-card.ts';

/** By the one press nothing more can be called back. Only whoever was asked sees the button. */
const confirm = defineComponent({
  ...PRIVACY_RULES,
  kind: 'button',
  id: 'privacy.delete',
  version: 1,
  state: Type.Object({ user: Type.String({ pattern: '^\\d{1,20}$' }) }),
  async run({ interaction, state, reader }, context) {
    if (interaction.user.id !== state.user) throw new UserError('errors.notYours');
    const ordered = await orderDeletion({ user: state.user, locale: reader.locale }, context);
    return say(ordered ? 'privacy.deleting' : 'privacy.underWay', {}, { tone: 'good' });
  },
});

/** Shows what deletion does, and asks. */
export default defineCommand({
  ...PRIVACY_RULES,
  components: [confirm],
  async run({ interaction }, context) {
    const { id } = interaction.user;
    const button = { label: t('privacy.yes'), style: 'danger', customId: confirm.customId({ user: id }) } as const;
    return {
      tone: 'warning',
      title: t('privacy.confirm'),
      parts: [
        ...(await heldParts(id, context)),
        { kind: 'small', text: t('privacy.rule') },
        { kind: 'buttons', buttons: [button] },
      ],
      next: t('privacy.confirmNext'),
    };
  },
});
