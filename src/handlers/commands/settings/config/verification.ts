import { Type } from '@sinclair/typebox';
import { type Guild, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { toPayload } from '../../../../services/answers/payload.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { markup, mention, type Said, t, type Words } from '../../../../services/answers/words.ts';
import { whyNotMine } from '../../../../services/moderation/member-roles.ts';
import { moderates } from '../../../../services/moderation/taken-roles.ts';
import { channelRefusal } from '../../../../services/timers/channel-refusal.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { channel, role, text } from '../../../options.ts';
import { mustMayChange } from '../../../settings/may-change.ts';
import { guildOf } from '../../../settings/rights.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';
import { beginButton, verificationComponents } from '../../../verification.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const KINDS = ['button', 'captcha'] as const;

const post = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.verification.post',
  version: 1,
  state: Type.Object({}),
  async run({ interaction, signal }, context) {
    const guild = guildOf(interaction);
    const { channel, role } = await context.settings.of(guild.id, 'verification');
    if (channel === undefined || role === undefined) throw new UserError('commands.config.verification.incomplete');
    mustBeWritable(channel, t('commands.config.verification.channel'), guild);
    const why = await whyNot(guild, role);
    if (why) throw new UserError(why.key, why.params);
    await postMessage(guild, channel, context, signal);
    return await panel(
      guild,
      context,
      t('commands.config.verification.posted', { channel: mention('channel', channel) }),
    );
  },
});

const clear = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.verification.clear',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    await changeArea('verification', { channel: null, role: null }, asked, context);
    return await panel(guildOf(asked.interaction), context, t('commands.config.changed'));
  },
});

/** Shows how new members show that they are people, takes a channel, a role and a way for that, and posts the message with the button. */
export default defineCommand({
  ...RULES,
  options: {
    channel: channel({ optional: true, types: TEXT_CHANNELS }),
    role: role({ optional: true }),
    kind: text({ optional: true, choices: KINDS }),
  },
  components: [post, clear, ...verificationComponents],
  async run(asked, context) {
    const guild = guildOf(asked.interaction);
    const { channel, role, kind } = asked.options;
    if (channel) mustBeWritable(channel.id, t('commands.config.verification.channel'), guild);
    const why = role && (await whyNot(guild, role.id));
    if (why) throw new UserError(why.key, why.params);
    const patch = { ...(channel && { channel: channel.id }), ...(role && { role: role.id }), ...(kind && { kind }) };
    const changes = Object.keys(patch).length > 0;
    if (changes) {
      const before = await context.settings.of(guild.id, 'verification');
      await mustMayChange(
        [{ area: 'verification', before, after: { ...before, ...patch } }],
        asked.interaction,
        context,
      );
      await changeArea('verification', patch, asked, context);
    }
    return await panel(guild, context, changes ? t('commands.config.changed') : undefined);
  },
});

/** Why the bot does not give a role to whoever passes. */
async function whyNot(guild: Guild, id: string): Promise<Said | undefined> {
  return (await whyNotMine(guild, { id })) ?? (moderates(guild, id) ? t('joining.moderates') : undefined);
}

async function postMessage({ id }: Guild, channel: string, context: Context, signal: AbortSignal): Promise<void> {
  const { discord, i18n, settings } = context;
  const [{ text }, { language: locale }] = await Promise.all([
    settings.of(id, 'verification'),
    settings.of(id, 'general'),
  ]);
  const shown: Answer = {
    tone: 'info',
    title: t('verification.title'),
    parts: [
      { kind: 'text', text: text === undefined ? t('verification.ask') : markup(text) },
      {
        kind: 'buttons',
        buttons: [{ label: t('verification.begin'), style: 'success', customId: beginButton.customId({}) }],
      },
    ],
  };
  const { body } = toPayload(shown, { i18n, locale });
  try {
    await discord.rest.post(Routes.channelMessages(channel), { body, signal });
  } catch (error) {
    if (channelRefusal(error) === undefined) throw error;
    throw new UserError('commands.config.cannotWrite', { channel: mention('channel', channel) });
  }
}

async function panel(guild: Guild, context: Context, changed: Said | undefined): Promise<Answer> {
  const [held, last] = await Promise.all([
    context.settings.of(guild.id, 'verification'),
    lastChange(guild.id, 'verification', context),
  ]);
  const { channel, role, kind } = held;
  const why = role === undefined ? undefined : await whyNot(guild, role);
  const on = channel !== undefined && role !== undefined;
  const buttons = [
    ...(on
      ? [{ label: t('commands.config.verification.post'), style: 'primary', customId: post.customId({}) } as const]
      : []),
    ...((channel ?? role) ? [{ label: t('commands.config.verification.clear'), customId: clear.customId({}) }] : []),
  ];
  return {
    tone: why ? 'warning' : changed ? 'good' : 'info',
    title: t('commands.config.verification.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: changed } as const] : []),
      {
        kind: 'fields',
        fields: [
          [t('commands.config.verification.channel'), channelShown(channel, guild)],
          [t('commands.config.verification.role'), roleShown(role, guild)],
          [t('commands.config.verification.kind'), t(`settings.areas.verification.kind.choices.${kind}`)],
        ],
      },
      ...(why ? [{ kind: 'text', text: why } as const] : []),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
      { kind: 'small', text: last },
    ],
    next: t(on ? 'commands.config.verification.next' : 'commands.config.verification.incomplete'),
  };
}

function roleShown(role: string | undefined, { roles }: Guild): Words {
  if (role === undefined) return t('commands.config.unset');
  return roles.cache.has(role) ? mention('role', role) : t('commands.config.broken', { channel: role });
}
