import { UserError } from '../../../../services/answers/user-error.ts';
import { t, timestamp } from '../../../../services/answers/words.ts';
import { askGithub, openButton } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

const LOGIN = /^@?([A-Za-z0-9][A-Za-z0-9-]{0,38})$/;

/** A person or an organisation on GitHub. */
export default defineCommand({
  options: { name: text({ max: 60 }) },
  where: 'anywhere',
  async run({ options, signal }, context) {
    const [, login] = LOGIN.exec(options.name.trim()) ?? [];
    if (login === undefined) throw new UserError('commands.github.notALogin');
    const missing = t('commands.github.noUser', { name: login });
    const user = await askGithub('githubUser', { login }, { missing, signal }, context);
    return {
      tone: 'info',
      title: user.name === '' ? user.login : t('commands.github.named', { name: user.name, login: user.login }),
      ...(user.avatar !== undefined && { thumbnail: user.avatar }),
      parts: [
        ...(user.bio === '' ? [] : [{ kind: 'text', text: user.bio } as const]),
        {
          kind: 'fields',
          fields: [
            [t('commands.github.repositories'), String(user.repositories)],
            [t('commands.github.followers'), String(user.followers)],
            [t('commands.github.since'), timestamp(new Date(user.since), 'D')],
          ],
        },
        ...openButton(user.url),
      ],
    };
  },
});
