import { t, timestamp, type Words } from '../../../../services/answers/words.ts';
import { askGithub, openButton, repositoryMeant } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** A repository on GitHub, at a glance. */
export default defineCommand({
  options: { repository: text({ max: 200 }) },
  where: 'anywhere',
  async run({ options, signal }, context) {
    const meant = repositoryMeant(options.repository);
    const missing = t('commands.github.noRepository', { name: `${meant.owner}/${meant.name}` });
    const repo = await askGithub('githubRepo', meant, { missing, signal }, context);
    const { stars, forks, open, language, license, pushed } = repo;
    const fields: readonly (readonly [Words, Words])[] = [
      [t('commands.github.stars'), String(stars)],
      [t('commands.github.forks'), String(forks)],
      [t('commands.github.openOnes'), String(open)],
      ...(language === '' ? [] : [[t('commands.github.language'), language] as const]),
      ...(license === '' ? [] : [[t('commands.github.license'), license] as const]),
      ...(pushed === null ? [] : [[t('commands.github.pushed'), timestamp(new Date(pushed))] as const]),
    ];
    return {
      tone: 'info',
      title: repo.name,
      parts: [
        ...(repo.description === '' ? [] : [{ kind: 'text', text: repo.description } as const]),
        { kind: 'fields', fields },
        ...(repo.archived ? [{ kind: 'small', text: t('commands.github.archived') } as const] : []),
        ...openButton(repo.url),
      ],
    };
  },
});
