import { t } from '../../../../services/answers/words.ts';
import { askGithub, discussionParts, repositoryMeant } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { integer, text } from '../../../options.ts';

/** An issue of a repository on GitHub. */
export default defineCommand({
  options: { repository: text({ max: 200 }), number: integer({ min: 1 }) },
  where: 'anywhere',
  async run({ options: { repository, number }, signal }, context) {
    const meant = repositoryMeant(repository);
    const missing = t('commands.github.noIssue', { name: `${meant.owner}/${meant.name}`, number: String(number) });
    const issue = await askGithub('githubIssue', { ...meant, number }, { missing, signal }, context);
    return {
      tone: 'info',
      title: t('commands.github.numbered', { number: String(issue.number), title: issue.title }),
      parts: discussionParts(issue, [[t('commands.github.state'), t(`commands.github.states.${issue.state}`)]]),
      ...(issue.isPull && { next: t('commands.github.issue.isPull') }),
    };
  },
});
