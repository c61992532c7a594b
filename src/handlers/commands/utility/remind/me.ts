import { Type } from '@sinclair/typebox';
import { clip, renderPlain, t } from '../../../../services/answers/words.ts';
import { defineCommand, defineComponent, defineMessageMenu } from '../../../define.ts';
import { fieldOf } from '../../../find.ts';
import { text } from '../../../options.ts';
import { placeOf, REMINDER_RULES, reminderDraft, setReminder, undoReminder } from '../../../reminder-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

const LONGEST_ABOUT = 1_000;
/** What is taken of a message's text, to be changed in the form. */
const LONGEST_NOTE = 200;
const Id = Type.String({ pattern: '^\\d{1,20}$' });

const aboutForm = defineComponent({
  ...REMINDER_RULES,
  kind: 'form',
  id: 'remind.message',
  version: 1,
  state: Type.Object({ channel: Id, message: Id }),
  async run({ interaction, state: { channel, message }, reader }, context) {
    const when = await readWhen(fieldOf(interaction, 'when'), interaction, context);
    const note = fieldOf(interaction, 'note').trim() || renderPlain(t('remind.aMessage'), reader);
    const link = `https://discord.com/channels/${interaction.guildId ?? '@me'}/${channel}/${message}`;
    const place = placeOf(interaction, 'dm');
    const payload = { text: clip(note, LONGEST_ABOUT), link, where: place.where, locale: interaction.locale };
    const wanted = { payload, when, guild: place.guild, channel: place.channel };
    return setReminder(wanted, interaction.user.id, context);
  },
});

const aboutMessage = defineMessageMenu({
  ...REMINDER_RULES,
  id: 'remind-about',
  opensForm: true,
  async run({ interaction: { targetMessage }, openForm }) {
    const { id, channelId, content } = targetMessage;
    await openForm({
      customId: aboutForm.customId({ channel: channelId, message: id }),
      title: t('remind.formTitle'),
      fields: [
        { id: 'when', label: t('remind.formWhen'), placeholder: t('remind.formExample'), max: LONGEST_WHEN },
        {
          ...{ id: 'note', label: t('remind.formNote'), value: clip(content, LONGEST_NOTE) },
          ...{ long: true, required: false, max: LONGEST_ABOUT },
        },
      ],
    });
    return undefined;
  },
});

/** Reminds whoever asks of something, once or again and again. */
export default defineCommand({
  ...REMINDER_RULES,
  options: {
    when: text({ max: LONGEST_WHEN, autocomplete: offerWhen }),
    about: text({ min: 1, max: LONGEST_ABOUT }),
    where: text({ optional: true, choices: ['dm', 'here'] }),
  },
  components: [...reminderDraft.components, undoReminder, aboutForm],
  menus: [aboutMessage],
  async run({ interaction, options: { when, about, where = 'dm' } }, context) {
    const place = placeOf(interaction, where === 'here' ? 'channel' : 'dm');
    const wanted = {
      payload: { text: about, where: place.where, locale: interaction.locale },
      when: await readWhen(when, interaction, context),
      typed: when,
      guild: place.guild,
      channel: place.channel,
    };
    return setReminder(wanted, interaction.user.id, context);
  },
});
