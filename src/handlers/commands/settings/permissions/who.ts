import { PermissionFlagsBits } from 'discord.js';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { demandOf } from '../../../../services/permissions/ranks.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import { COMMAND_TEXT, offerUsables, readUsable, shownAs } from '../../../command-choice.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { missing } from '../../../rules.ts';

/** What of each list is shown; the rest is counted. */
const MOST_SHOWN = 25;

/** Says who may use a command here. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageMessages,
  visible: 'private',
  options: { command: text({ ...COMMAND_TEXT, autocomplete: offerUsables }) },
  async run({ options, interaction, registry, reader }, context) {
    const { what, rules } = readUsable(options.command, registry, context, reader.locale);
    const ranks = await context.settings.of(interaction.guildId ?? '', 'permissions');
    const demand = demandOf(what, rules.needs, ranks);
    const title = t('permissionsOf.who.title', { what: shownAs(what, context.i18n) });
    if (rules.ownersOnly)
      return { tone: 'info', title, parts: [{ kind: 'text', text: t('permissionsOf.operatorsOnly') }] };
    const enough = (own: Readonly<Record<string, number>>) =>
      Object.keys(own).filter((id) => (own[id] ?? 0) >= demand.rank);
    const few = (ids: readonly string[], kind: 'role' | 'user'): Words =>
      ids.length === 0
        ? t('permissionsOf.who.none')
        : { list: ids.slice(0, MOST_SHOWN).map((id) => mention(kind, id)) };
    const less = Object.keys(ranks.people).filter((id) => (ranks.people[id] ?? 0) < demand.rank);
    const ranked = Object.keys(ranks.roles).length > 0;
    const held = missing(demand.needs, null);
    const byDiscord =
      held === undefined ? t('permissionsOf.who.all') : t('permissionsOf.who.permissions', { permissions: held });
    const byRank = demand.rank === 0 ? t('permissionsOf.who.all') : few(enough(ranks.roles), 'role');
    return {
      tone: 'info',
      title,
      parts: [
        {
          kind: 'fields',
          fields: [
            [
              t('permissionsOf.who.rank'),
              t(demand.set ? 'permissionsOf.who.set' : 'permissionsOf.who.own', { rank: rankWords(demand.rank) }),
            ],
            [t('permissionsOf.roles'), ranked ? byRank : demand.set ? t('permissionsOf.who.equal') : byDiscord],
            [t('permissionsOf.people'), few(enough(ranks.people), 'user')],
            ...(less.length > 0 ? [[t('permissionsOf.who.less'), few(less, 'user')] as const] : []),
          ],
        },
        { kind: 'small', text: t('permissionsOf.who.always') },
      ],
    };
  },
});
