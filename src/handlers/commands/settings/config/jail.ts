import { Type } from '@sinclair/typebox';
import { type BaseInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { jailedIn } from '../../../../db/jails.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { holdersIn } from '../../../../services/moderation/jail-setup.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { defineDraft } from '../../../draft.ts';
import { setUpButton } from '../../../jail-button.ts';
import { whatIsOpen, whyNoJailRole } from '../../../jail-checks.ts';
import { channel, role } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const MOST_JAILED = 1_000;

/** A role that people have already, which they are asked about first. */
const taking = defineDraft({
  ...RULES,
  id: 'config.jail.role',
  schema: Type.Object({ guild: Type.String(), role: Type.String() }),
  async store({ guild: id, role }, owner, context) {
    const guild = context.discord.guilds.cache.get(id);
    if (!guild) throw new UserError('errors.serverOnly');
    const why = await whyNoJailRole(guild, role, await guild.members.fetch(owner), context);
    if (why) throw new UserError(why.key, why.params);
    await context.settings.set(id, 'jail', { role }, { by: owner });
    return await panel(guild, context, true);
  },
});

const clear = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.jail.clear',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    await changeArea('jail', { role: null, channel: null }, asked, context);
    return await panel(guildOf(asked), context, true);
  },
});

/** Shows the jail and what stands against it, and takes a role and a channel that are there for it. */
export default defineCommand({
  ...RULES,
  options: { role: role({ optional: true }), channel: channel({ optional: true, types: TEXT_CHANNELS }) },
  components: [clear, ...taking.components],
  async run(asked, context) {
    const { options, interaction } = asked;
    const guild = guildOf(asked);
    if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
    const { role, channel } = options;
    if (role) {
      const why = await whyNoJailRole(guild, role.id, interaction.member, context);
      if (why) throw new UserError(why.key, why.params);
    }
    if (channel) {
      mustBeWritable(channel.id, t('commands.config.jail.channel'), guild);
      await changeArea('jail', { channel: channel.id }, asked, context);
    }
    const held = await context.settings.of(guild.id, 'jail');
    if (!role || role.id === held.role) return await panel(guild, context, channel !== undefined);
    const holders = (await holdersIn(guild.id, context))[role.id] ?? 0;
    if (holders > 0) return await askAbout(role.id, holders, guild, interaction.user.id, context);
    await changeArea('jail', { role: role.id }, asked, context);
    return await panel(guild, context, true);
  },
});

function guildOf({ interaction }: Asked<BaseInteraction>): Guild {
  if (!interaction.guild) throw new UserError('errors.serverOnly');
  return interaction.guild;
}

async function askAbout(role: string, count: number, { id: guild }: Guild, owner: string, context: Context) {
  const shown = {
    title: t('commands.config.jail.taking'),
    parts: [{ kind: 'text', text: t('commands.config.jail.held', { count, role: mention('role', role) }) }],
    yes: t('commands.config.jail.take'),
  } as const;
  return await taking.ask({ guild, role }, owner, shown, context);
}

async function panel(guild: Guild, context: Context, changed: boolean): Promise<Answer> {
  const { id } = guild;
  const asked = { guilds: [id], now: context.now(), limit: MOST_JAILED };
  const [{ role, channel }, last, jailed] = await Promise.all([
    context.settings.of(id, 'jail'),
    lastChange(id, 'jail', context),
    jailedIn(context.db, asked),
  ]);
  const stands = role === undefined ? [] : await whatIsOpen(guild, { role, channel }, context);
  const buttons = [
    setUpButton(),
    ...(role === undefined && channel === undefined
      ? []
      : [{ label: t('commands.config.jail.clear'), customId: clear.customId({}) }]),
  ];
  return {
    tone: stands.length > 0 ? 'warning' : changed ? 'good' : 'info',
    title: t('commands.config.jail.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [
          [t('commands.config.jail.role'), roleShown(role, guild)],
          [t('commands.config.jail.channel'), channelShown(channel, guild)],
          [t('commands.config.jail.inside'), t('commands.config.jail.people', { count: jailed.length })],
        ],
      },
      ...(stands.length > 0
        ? [{ kind: 'lines', title: t('commands.config.jail.stands'), lines: stands } as const]
        : []),
      { kind: 'buttons', buttons },
      { kind: 'small', text: last },
    ],
    next: t('commands.config.jail.next'),
  };
}

function roleShown(role: string | undefined, { roles }: Guild): Words {
  if (role === undefined) return t('commands.config.unset');
  return roles.cache.has(role) ? mention('role', role) : t('commands.config.jail.roleGone');
}
