import { type BaseInteraction, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { allows, type Demand, demandOf, discordDecides } from '../../../../services/permissions/ranks.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import { COMMAND_TEXT, offerUsables, readUsable, shownAs, type Usable } from '../../../command-choice.ts';
import { type Asked, defineCommand, type Rules } from '../../../define.ts';
import { member, text } from '../../../options.ts';
import { missing } from '../../../rules.ts';
import { type Asking, askingFor, askingOf, heldFor } from '../../../standing.ts';

/** What may keep others from something is for those who may see the ranks. */
const OTHERS = { what: 'permissions show', needs: PermissionFlagsBits.ManageMessages } as const;

/** One rule: how it stands, in words. */
interface Rule {
  readonly holds: boolean;
  readonly words: Words;
}

/** Says, rule by rule, why a command does or does not run for somebody here. */
export default defineCommand({
  visible: 'private',
  options: {
    command: text({ ...COMMAND_TEXT, autocomplete: offerUsables }),
    member: member({ optional: true }),
  },
  async run(asked, context) {
    const { options, interaction, registry, reader } = asked;
    const usable = readUsable(options.command, registry, context, reader.locale);
    const asking = await subjectOf(options.member, asked, context);
    const rules = rulesFor(usable, asking, interaction);
    const fits = rules.every(({ holds }) => holds);
    const params = { what: shownAs(usable.what, context.i18n), who: mention('user', asking.person.id) };
    return {
      tone: fits ? 'good' : 'warning',
      title: t('permissionsOf.explain.title', { what: params.what }),
      parts: [
        {
          kind: 'lines',
          lines: rules.map(({ holds, words }) =>
            t(holds ? 'permissionsOf.explain.holds' : 'permissionsOf.explain.fails', { rule: words }),
          ),
        },
        { kind: 'text', text: t(fits ? 'permissionsOf.explain.runs' : 'permissionsOf.explain.refused', params) },
      ],
      next: t('permissionsOf.explain.next'),
    };
  },
});

async function subjectOf(
  member: GuildMember | undefined,
  { interaction }: Asked<BaseInteraction>,
  context: Context,
): Promise<Asking> {
  const asking = await askingOf(interaction, context);
  if (!asking) throw new UserError('errors.serverOnly');
  if (!member || member.id === interaction.user.id) return asking;
  const demand = demandOf(OTHERS.what, OTHERS.needs, asking.ranks);
  if (!allows(asking.standing, demand, asking.person)) throw new UserError('permissionsOf.explain.notOthers');
  return await askingFor(member, interaction, context);
}

function rulesFor({ what, rules }: Usable, asking: Asking, interaction: BaseInteraction): readonly Rule[] {
  const { person } = asking;
  if (rules.ownersOnly) return [{ holds: person.operator, words: t('permissionsOf.operatorsOnly') }];
  const demand = demandOf(what, rules.needs, asking.ranks);
  const botLacks = missing(rules.botNeeds, interaction.appPermissions);
  const bot = t(botLacks ? 'permissionsOf.explain.botLacks' : 'permissionsOf.explain.botHas', {
    permissions: botLacks ?? '',
  });
  return [
    rankRule(asking, demand, rules),
    ...(rules.botNeeds === undefined ? [] : [{ holds: botLacks === undefined, words: bot }]),
    ...hidden(asking, demand),
  ];
}

function rankRule(asking: Asking, demand: Demand, rules: Rules): Rule {
  const { standing } = asking;
  const holds = allows(standing, demand, { held: heldFor(rules, asking) });
  const { by, rank } = standing;
  if (by === 'operator' || by === 'owner') return { holds, words: t(`permissionsOf.explain.${by}`) };
  if (demand.rank === 0) return { holds, words: t('permissionsOf.explain.everybodys') };
  if (discordDecides(standing, demand)) {
    const permissions = missing(demand.needs, null) ?? '';
    return { holds, words: t(holds ? 'permissionsOf.explain.has' : 'permissionsOf.explain.lacks', { permissions }) };
  }
  const params = {
    own: rankWords(rank),
    needed: rankWords(demand.rank),
    through: standing.by === 'role' ? mention('role', standing.role) : '',
    from: t(demand.set ? 'permissionsOf.explain.set' : 'permissionsOf.explain.own'),
  };
  return { holds, words: t(`permissionsOf.explain.by.${by}`, params) };
}

/** Discord itself hides a command from whoever lacks the permissions it comes with, unless the server says otherwise there. */
function hidden({ here, standing }: Asking, demand: Demand): readonly Rule[] {
  const permissions = missing(demand.needs, here);
  if (permissions === undefined || discordDecides(standing, demand)) return [];
  return [{ holds: true, words: t('permissionsOf.explain.hidden', { permissions }) }];
}
