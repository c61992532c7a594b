import { Type } from '@sinclair/typebox';
import type { BaseInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { withDeadline } from '../lib/deadline.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t } from '../services/answers/words.ts';
import {
  type AnyComponent,
  type AnyMenu,
  type Asked,
  defineComponent,
  defineMessageMenu,
  defineUserMenu,
  type Rules,
} from './define.ts';
import { type Bounds, LONGEST_DURATION, readDuration } from './duration-option.ts';
import { evidenceOfMessage } from './evidence-option.ts';
import { choiceOf, fieldOf } from './find.ts';
import type { Form } from './form.ts';
import { LONGEST_REASON, MODERATES, moderate } from './moderate.ts';
import { findTarget } from './target-option.ts';

/** Saved reasons are at most 100 letters, and one of them may stand before what is written. */
const LONGEST_WRITTEN = LONGEST_REASON - 110;
const MOST_CHOICES = 25;
/** A form is the first answer, which Discord waits three seconds for; so long the saved reasons are waited for. */
const REASONS_MS = 1_000;
const Id = Type.String({ pattern: '^\\d{17,20}$' });
const MaybeId = Type.String({ pattern: '^(?:\\d{17,20})?$' });

/** An action as it is offered in the Apps menus of people and of messages. */
interface InMenus extends Required<Pick<Rules, 'needs'>>, Pick<Rules, 'botNeeds'> {
  /** The action, which is also the name of the command that does it. */
  readonly type: 'warn' | 'timeout' | 'kick' | 'ban';
  /** Whether there has to be a reason [false]. */
  readonly reasoned?: boolean;
  /** How long it lasts: asked for, and to be said or not [for good, without being asked]. */
  readonly lasting?: { readonly bounds: Bounds; readonly optional: boolean };
}

/** The menus that do the same as a command of moderation, and the form that they ask the rest with. */
export function actionMenus(action: InMenus): {
  readonly menus: readonly AnyMenu[];
  readonly components: readonly AnyComponent[];
} {
  const { type, needs, botNeeds } = action;
  const rules = { ...MODERATES, needs, ...(botNeeds !== undefined && { botNeeds }) };
  const form = defineComponent({
    ...rules,
    kind: 'form',
    id: `moderate.${type}`,
    version: 1,
    state: Type.Object({ user: Id, channel: MaybeId, message: MaybeId }),
    run: (asked, context) => carryOut(action, asked, context),
  });
  const opens = { ...rules, sameAs: type, opensForm: true } as const;
  const ofPerson = defineUserMenu({
    ...opens,
    id: type,
    async run({ interaction, openForm }, context) {
      const { id: user, username } = interaction.targetUser;
      const customId = form.customId({ user, channel: '', message: '' });
      await openForm(formOf(action, { customId, name: username }, await reasonsOf(interaction, context)));
      return undefined;
    },
  });
  const ofMessage = defineMessageMenu({
    ...opens,
    id: `${type}-author`,
    async run({ interaction, openForm }, context) {
      const { id: message, channelId: channel, author } = interaction.targetMessage;
      const customId = form.customId({ user: author.id, channel, message });
      await openForm(formOf(action, { customId, name: author.username }, await reasonsOf(interaction, context)));
      return undefined;
    },
  });
  return { menus: [ofPerson, ofMessage], components: [form] };
}

/** The server's saved reasons, as far as they are there in time. */
async function reasonsOf({ guildId }: BaseInteraction, { settings, log }: Context): Promise<readonly string[]> {
  const read = () => settings.of(guildId ?? '0', 'moderation');
  try {
    const { reasons } = await withDeadline('saved reasons', read, { deadlineMs: REASONS_MS });
    return reasons.slice(0, MOST_CHOICES);
  } catch (error) {
    log.info({ error, guild: guildId }, 'a form is opened without saved reasons');
    return [];
  }
}

function formOf(
  { type, reasoned = false, lasting }: InMenus,
  { customId, name }: { readonly customId: string; readonly name: string },
  reasons: readonly string[],
): Form {
  const saved = reasons.length > 0;
  return {
    customId,
    title: t(`moderation.form.titles.${type}`, { name }),
    fields: [
      ...(lasting
        ? [
            {
              ...{ id: 'duration', label: t('moderation.form.duration'), max: LONGEST_DURATION },
              ...{ placeholder: t(`moderation.form.${lasting.optional ? 'forGood' : 'example'}`) },
              required: !lasting.optional,
            },
          ]
        : []),
      ...(saved
        ? [{ id: 'saved', label: t('moderation.form.saved'), placeholder: t('moderation.form.pick'), choices: reasons }]
        : []),
      {
        ...{ id: 'reason', label: t(`moderation.form.${saved ? 'more' : 'reason'}`), long: true },
        ...{ required: reasoned && !saved, max: LONGEST_WRITTEN },
      },
    ],
  };
}

interface State {
  readonly user: string;
  readonly channel: string;
  readonly message: string;
}

async function carryOut(
  { type, reasoned = false, lasting }: InMenus,
  asked: Asked<ModalSubmitInteraction> & { readonly state: State },
  context: Context,
) {
  const { interaction, state } = asked;
  const parts = [choiceOf(interaction, 'saved'), fieldOf(interaction, 'reason').trim()].filter((part) => part !== '');
  const reason = parts.length === 0 ? undefined : parts.join(': ');
  if (reasoned && reason === undefined) throw new UserError('moderation.form.noReason');
  const typed = fieldOf(interaction, 'duration').trim();
  const ms = !lasting || (lasting.optional && typed === '') ? undefined : readDuration(typed, lasting.bounds);
  const until = ms === undefined ? undefined : new Date(context.now().getTime() + ms);
  const evidence = state.message === '' ? [] : await evidenceOfMessage(state, interaction, context);
  const target = await findTarget(state.user, context);
  return await moderate(asked, { type, targets: [target], reason, until, evidence }, context);
}
