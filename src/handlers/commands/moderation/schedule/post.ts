import { Type } from '@sinclair/typebox';
import type { BaseInteraction, Interaction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { When } from '../../../../lib/time/parse.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { fieldOf } from '../../../find.ts';
import type { Form } from '../../../form.ts';
import { boolean, channel, text } from '../../../options.ts';
import { endAt } from '../../../post-end.ts';
import {
  channelToPostIn,
  checkMentions,
  LONGEST_UNTIL,
  POST_CHANNELS,
  POST_RULES,
  postDraft,
  readColour,
  readLines,
  readPicture,
  setPost,
} from '../../../post-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

const LONGEST_TEXT = 2_000;
/** Where none of these is given there is nothing to post yet: a form asks for the text, which has several lines there. */
const CONTENTS = ['text', 'title', 'description', 'picture'] as const;

interface Times {
  readonly when: string;
  readonly until: string | undefined;
}

const textForm = defineComponent({
  ...POST_RULES,
  kind: 'form',
  id: 'schedule.text',
  version: 1,
  state: Type.Object({ channel: Type.String({ pattern: '^\\d{1,20}$' }), mentions: Type.Boolean() }),
  async run({ interaction, state: { mentions, ...state } }, context) {
    const target = channelToPostIn(interaction, state.channel);
    if (mentions) checkMentions(interaction, target);
    const times = { when: fieldOf(interaction, 'when'), until: fieldOf(interaction, 'until').trim() || undefined };
    const when = await whenMeant(times, interaction, context);
    const payload = { text: fieldOf(interaction, 'text'), mentions };
    return setPost({ guild: target.guildId, channel: target.id, payload, when }, interaction.user.id, context);
  },
});

/** Posts a text, a card or both in a channel later, once or again and again. */
export default defineCommand({
  ...POST_RULES,
  opensForm: namesNothing,
  options: {
    channel: channel({ types: POST_CHANNELS }),
    when: text({ max: LONGEST_WHEN, autocomplete: offerWhen }),
    text: text({ optional: true, max: LONGEST_TEXT }),
    title: text({ optional: true, max: 256 }),
    description: text({ optional: true, max: 4_000 }),
    colour: text({ optional: true, max: 7 }),
    picture: text({ optional: true, max: 500 }),
    until: text({ optional: true, max: LONGEST_UNTIL }),
    mentions: boolean({ optional: true }),
  },
  components: [...postDraft.components, textForm],
  async run({ interaction, options, openForm }, context) {
    const { text, title, description, colour, picture, when, until, mentions = false } = options;
    const target = channelToPostIn(interaction, options.channel.id);
    if (mentions) checkMentions(interaction, target);
    if (namesNothing(interaction)) {
      await openForm(formFor(target.id, mentions, { when, until }));
      return undefined;
    }
    const payload = {
      ...(text !== undefined && { text: readLines(text) }),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description: readLines(description) }),
      ...(colour !== undefined && { colour: readColour(colour) }),
      ...(picture !== undefined && { picture: readPicture(picture) }),
      mentions,
    };
    const post = { guild: target.guildId, channel: target.id, payload };
    const read = await whenMeant({ when, until }, interaction, context);
    return setPost({ ...post, when: read }, interaction.user.id, context);
  },
});

function namesNothing(interaction: Interaction): boolean {
  return interaction.isChatInputCommand() && CONTENTS.every((name) => interaction.options.get(name) === null);
}

async function whenMeant({ when, until }: Times, writer: BaseInteraction, context: Context): Promise<When> {
  const asked = await readWhen(when, writer, context);
  return until === undefined ? asked : endAt(asked, until, context);
}

function formFor(channel: string, mentions: boolean, { when, until }: Times): Form {
  return {
    customId: textForm.customId({ channel, mentions }),
    title: t('schedule.formTitle'),
    fields: [
      { id: 'when', label: t('schedule.formWhen'), value: when, max: LONGEST_WHEN },
      {
        ...{ id: 'until', label: t('schedule.formUntil'), required: false, max: LONGEST_UNTIL },
        ...(until !== undefined && { value: until }),
      },
      { id: 'text', label: t('schedule.formText'), long: true, max: LONGEST_TEXT },
    ],
  };
}
