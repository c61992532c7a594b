import { UserError } from '../../../../services/answers/user-error.ts';
import { list, t } from '../../../../services/answers/words.ts';
import { findRepository, follow } from '../../../../services/follows/follow.ts';
import { askGithub, repositoryMeant } from '../../../../services/outside/github.ts';
import { inWords } from '../../../../services/outside/in-words.ts';
import { defineCommand } from '../../../define.ts';
import { FOLLOW_OPTIONS, FOLLOW_RULES, followedCard, wantedBy } from '../../../follow-setting.ts';
import { text } from '../../../options.ts';

const SORTS = ['releases', 'issues', 'pulls'] as const;
type Sort = (typeof SORTS)[number];

/** As people write them. */
const WORDS: Readonly<Record<string, Sort>> = {
  release: 'releases',
  releases: 'releases',
  issue: 'issues',
  issues: 'issues',
  pull: 'pulls',
  pulls: 'pulls',
  pr: 'pulls',
  prs: 'pulls',
  'pull request': 'pulls',
  'pull requests': 'pulls',
};
const OFFERED = ['releases, issues, pull requests', 'releases', 'issues', 'pull requests', 'issues, pull requests'];

/** Has a channel follow what happens in a repository on GitHub. */
export default defineCommand({
  ...FOLLOW_RULES,
  defer: 'private',
  cooldown: { uses: 5, seconds: 60 },
  options: {
    repository: text({ max: 200 }),
    events: text({
      optional: true,
      max: 100,
      autocomplete: ({ typed }) =>
        OFFERED.filter((one) => one.includes(typed.trim().toLowerCase())).map((name) => ({ name, value: name })),
    }),
    ...FOLLOW_OPTIONS,
  },
  async run({ interaction, options: { repository, events, channel, role }, signal }, context) {
    const meant = repositoryMeant(repository);
    const sorts = readSorts(events);
    const wanted = wantedBy(interaction, { channel, role });
    const missing = t('commands.github.noRepository', { name: `${meant.owner}/${meant.name}` });
    const { name: title, url: home } = await askGithub('githubRepo', meant, { missing, signal }, context);
    const reading = findRepository({ title, home }, { signal }, context);
    const found = await inWords(reading, { service: 'GitHub', missing, signal }, context);
    const followed = await follow(found, { ...wanted, sorts }, context);
    const named = list((sorts ?? SORTS).map((sort) => t(`follows.sorts.${sort}`)));
    const notes = context.config.GITHUB_TOKEN === undefined ? [t('commands.github.watch.noToken')] : [];
    return followedCard(followed, wanted, { fields: [[t('follows.events'), named]], notes });
  },
});

/** Null: everything. */
function readSorts(typed: string | undefined): readonly Sort[] | null {
  const words = (typed ?? '')
    .toLowerCase()
    .split(/[,;+]|\band\b/)
    .map((word) => word.trim().replaceAll(/[\s_-]+/g, ' '));
  const sorts = words.filter((word) => word !== '').map((word) => WORDS[word]);
  if (sorts.includes(undefined)) throw new UserError('commands.github.watch.notEvents');
  const chosen = SORTS.filter((sort) => sorts.includes(sort));
  return chosen.length === 0 || chosen.length === SORTS.length ? null : chosen;
}
