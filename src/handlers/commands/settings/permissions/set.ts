import {
  type BaseInteraction,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Role,
  type User,
} from 'discord.js';
import type { Context } from '../../../../context.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import { COMMAND_TEXT, offerUsables, readUsable, shownAs } from '../../../command-choice.ts';
import { type Asked, defineCommand } from '../../../define.ts';
import { role, text, user } from '../../../options.ts';
import { type Subject, withRank } from '../../../rank-setting.ts';
import { changeArea } from '../../../settings-panel.ts';
import { askingFor, askingOf } from '../../../standing.ts';

const RANKS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'none'] as const;

/** Gives a role or a person a rank, or sets the one a command asks for. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  // A server is set up in one go.
  cooldown: { uses: 30, seconds: 60 },
  options: {
    rank: text({ choices: RANKS }),
    role: role({ optional: true }),
    member: user({ optional: true }),
    command: text({ optional: true, ...COMMAND_TEXT, autocomplete: offerUsables }),
  },
  async run(asked, context) {
    const { options, interaction } = asked;
    const asking = await askingOf(interaction, context);
    if (!asking) throw new UserError('errors.serverOnly');
    const subject = await subjectOf(options, asked, context);
    const rank = options.rank === 'none' ? undefined : Number(options.rank);
    const ranked = Object.keys(asking.ranks.roles).length > 0;
    const setting = { subject, rank, by: asking.person };
    await changeArea('permissions', (ranks) => withRank(ranks, setting, interaction.guild), asked, context);
    const first = subject.of === 'roles' && rank !== undefined && !ranked;
    return {
      tone: 'good',
      parts: [{ kind: 'text', text: said(subject, rank) }],
      next: t(first ? 'permissionsOf.first' : 'permissionsOf.next'),
    };
  },
});

interface Chosen {
  readonly role: Pick<Role, 'id'> | undefined;
  readonly member: User | undefined;
  readonly command: string | undefined;
}

async function subjectOf(
  { role, member, command }: Chosen,
  { interaction, registry, reader }: Asked<BaseInteraction>,
  context: Context,
): Promise<Subject> {
  if ([role, member, command].filter((one) => one !== undefined).length !== 1) throw new UserError('permissionsOf.one');
  if (role) return { of: 'roles', id: role.id, named: mention('role', role.id) };
  if (member) {
    const here = await memberHere(interaction.guild, member.id);
    const person = here && (await askingFor(here, interaction, context)).person;
    return { of: 'people', id: member.id, named: mention('user', member.id), person };
  }
  const { what, rules } = readUsable(command ?? '', registry, context, reader.locale);
  return { of: 'commands', id: what, named: shownAs(what, context.i18n), rules };
}

/** Asked of Discord where it is not known: of somebody who is here it matters what they are. Nothing for who is not. */
async function memberHere(guild: Guild | null, id: string): Promise<GuildMember | undefined> {
  try {
    return await guild?.members.fetch(id);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return undefined;
    throw error;
  }
}

function said({ of, named: what }: Subject, rank: number | undefined): Words {
  if (rank === undefined) return t('permissionsOf.taken', { what });
  return t(of === 'commands' ? 'permissionsOf.needs' : 'permissionsOf.given', { what, rank: rankWords(rank) });
}
