import { t } from '../../../../services/answers/words.ts';
import { askGithub, discussionParts, repositoryMeant } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { integer, text } from '../../../options.ts';

/** A pull request of a repository on GitHub. */
export default defineCommand({
  options: { repository: text({ max: 200 }), number: integer({ min: 1 }) },
  where: 'anywhere',
  async run({ options: { repository, number }, signal }, context) {
    const meant = repositoryMeant(repository);
    const missing = t('commands.github.noPull', { name: `${meant.owner}/${meant.name}`, number: String(number) });
    const pull = await askGithub('githubPull', { ...meant, number }, { missing, signal }, context);
    const { additions, deletions, files } = pull;
    return {
      tone: 'info',
      title: t('commands.github.numbered', { number: String(pull.number), title: pull.title }),
      parts: discussionParts(pull, [
        [t('commands.github.state'), t(`commands.github.states.${pull.state}`)],
        [t('commands.github.changes'), t('commands.github.changed', { additions, deletions, count: files })],
      ]),
    };
  },
});
