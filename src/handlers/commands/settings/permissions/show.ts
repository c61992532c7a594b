import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Part } from '../../../../services/answers/answer.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import { shownAs } from '../../../command-choice.ts';
import { defineCommand } from '../../../define.ts';
import { lastChange } from '../../../settings-panel.ts';

/** What of each list is shown; the rest is counted. */
const MOST_LINES = 25;

/** Shows who has which rank here, and which commands ask for another than the one they come with. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageMessages,
  visible: 'private',
  async run({ interaction }, context) {
    const guildId = interaction.guildId ?? '';
    const [{ roles, people, commands, frozen }, last] = await Promise.all([
      context.settings.of(guildId, 'permissions'),
      lastChange(guildId, 'permissions', context),
    ]);
    const ranked = Object.keys(roles).length > 0;
    const gone = (id: string) => interaction.guild?.roles.cache.has(id) === false;
    const roleWords = (id: string) => (gone(id) ? t('permissionsOf.roleGone', { id }) : mention('role', id));
    return {
      tone: 'info',
      title: t('permissionsOf.title'),
      parts: [
        { kind: 'text', text: t(ranked ? 'permissionsOf.ranked' : 'permissionsOf.unranked') },
        ...lines(t('permissionsOf.roles'), byRank(roles, roleWords)),
        ...lines(
          t('permissionsOf.people'),
          byRank(people, (id) => mention('user', id)),
        ),
        ...lines(
          t('permissionsOf.frozen'),
          frozen.map((id) => mention('user', id)),
        ),
        ...lines(t('permissionsOf.commands'), needed(commands, context)),
        { kind: 'small', text: last },
      ],
    };
  },
});

function byRank(ranks: Readonly<Record<string, number>>, words: (id: string) => Words): readonly Words[] {
  const groups = Map.groupBy(Object.entries(ranks), ([, rank]) => rank);
  return [...groups]
    .sort(([a], [b]) => b - a)
    .map(([rank, own]) =>
      t('permissionsOf.line', {
        what: rankWords(rank),
        who: { list: own.slice(0, MOST_LINES).map(([id]) => words(id)) },
        more: own.length > MOST_LINES ? t('permissionsOf.more', { count: own.length - MOST_LINES }) : '',
      }),
    );
}

function needed(commands: Readonly<Record<string, number>>, { i18n }: Context): readonly Words[] {
  return Object.entries(commands)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, rank]) => t('permissionsOf.line', { what: shownAs(what, i18n), who: rankWords(rank), more: '' }));
}

function lines(title: Words, all: readonly Words[]): readonly Part[] {
  if (all.length === 0) return [];
  const more = all.length > MOST_LINES ? [t('permissionsOf.more', { count: all.length - MOST_LINES })] : [];
  return [{ kind: 'lines', title, lines: [...all.slice(0, MOST_LINES), ...more] }];
}
