import { t, timestamp } from '../../../../services/answers/words.ts';
import { askGithub, openButton, repositoryMeant } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** A release of a repository on GitHub: the latest, or that of a tag. */
export default defineCommand({
  options: { repository: text({ max: 200 }), tag: text({ optional: true, max: 200 }) },
  where: 'anywhere',
  async run({ options: { repository, tag }, signal }, context) {
    const meant = repositoryMeant(repository);
    const name = `${meant.owner}/${meant.name}`;
    const missing =
      tag === undefined ? t('commands.github.noReleases', { name }) : t('commands.github.noRelease', { name, tag });
    const input = { ...meant, ...(tag !== undefined && { tag }) };
    const release = await askGithub('githubRelease', input, { missing, signal }, context);
    const { published, body, prerelease } = release;
    return {
      tone: 'info',
      title: release.name === '' ? release.tag : release.name,
      parts: [
        {
          kind: 'fields',
          fields: [
            [t('commands.github.tag'), release.tag],
            ...(published === null ? [] : [[t('commands.github.published'), timestamp(new Date(published))] as const]),
          ],
        },
        ...(prerelease ? [{ kind: 'small', text: t('commands.github.prerelease') } as const] : []),
        ...(body === '' ? [] : [{ kind: 'text', text: body } as const]),
        ...openButton(release.url),
      ],
    };
  },
});
