import { Type } from '@sinclair/typebox';
import { type BaseInteraction, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../context.ts';
import { type Answer, say } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { lasting, t } from '../../../services/answers/words.ts';
import { whyVoid } from '../../../services/moderation/entry.ts';
import { defineCommand, defineComponent } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { text } from '../../options.ts';
import { nearAndFar } from '../../when-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: 5 * MINUTE_MS, maxMs: 7 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['15 minutes', '1 hour', '3 hours', '12 hours', '1 day', '3 days', '1 week'];
/** What was asked for longer ago is asked again. */
const CONFIRM_MS = 15 * MINUTE_MS;
const RULES = { visible: 'private', botNeeds: PermissionFlagsBits.ModerateMembers } as const;

const confirm = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'selftimeout.confirm',
  version: 1,
  state: Type.Object({
    minutes: Type.Integer({ minimum: BOUNDS.minMs / MINUTE_MS, maximum: BOUNDS.maxMs / MINUTE_MS }),
    /** Seconds since 1970. */
    askedAt: Type.Integer(),
  }),
  async run({ interaction, state: { minutes, askedAt }, signal }, context) {
    const { moderation, now, tally } = context;
    const at = now().getTime();
    if (at - askedAt * 1_000 > CONFIRM_MS) throw new UserError('commands.selftimeout.tooOld');
    const until = at + minutes * MINUTE_MS;
    // What is known here may be older than what a moderator has just done.
    const member = await memberWhoMay(interaction).fetch(true);
    const standing = member.communicationDisabledUntilTimestamp ?? 0;
    if (standing >= until) {
      throw new UserError('commands.selftimeout.longer', { until: nearAndFar(new Date(standing)) });
    }
    const { guild, id, user } = member;
    const person = { target: id, targetName: user.username, actor: { id, name: user.username } };
    const wanted = {
      ...person,
      guild: guild.id,
      type: 'self-timeout',
      until: new Date(until),
      source: 'command',
    } as const;
    const [number = 0] = await moderation.order(wanted);
    const { state, voidReason } = await moderation.outcome(guild.id, number, signal);
    await moderation.heard(guild.id, [number]);
    if (state === 'void') throw new UserError('commands.selftimeout.refused', { why: whyVoid({ voidReason }) });
    tally.count(guild.id, 'self-timeouts', now());
    return say('commands.selftimeout.done', { until: nearAndFar(new Date(until)) }, { tone: 'good' });
  },
});

/** Puts whoever asks in timeout, once they have confirmed it. */
export default defineCommand({
  ...RULES,
  options: { duration: text({ max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }) },
  components: [confirm],
  run({ interaction, options }, context) {
    const ms = readDuration(options.duration, BOUNDS);
    memberWhoMay(interaction);
    return ask(Math.ceil(ms / MINUTE_MS), context);
  },
});

function ask(minutes: number, { now }: Pick<Context, 'now'>): Answer {
  const customId = confirm.customId({ minutes, askedAt: Math.floor(now().getTime() / 1_000) });
  const span = lasting(minutes * MINUTE_MS);
  return {
    tone: 'warning',
    parts: [
      { kind: 'text', text: t('commands.selftimeout.ask', { span }) },
      { kind: 'buttons', buttons: [{ label: t('commands.selftimeout.yes', { span }), style: 'danger', customId }] },
    ],
  };
}

/** Discord lets nobody put the owner, administrators or those above the bot's role in timeout. */
function memberWhoMay(interaction: BaseInteraction): GuildMember {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { member } = interaction;
  const isAdmin = member.permissions.has(PermissionFlagsBits.Administrator);
  if (isAdmin || !member.moderatable) throw new UserError('commands.selftimeout.cannot');
  return member;
}
