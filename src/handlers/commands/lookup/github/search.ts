import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { askGithub, linkRow } from '../../../../services/outside/github.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** Finds repositories on GitHub. */
export default defineCommand({
  options: { words: text({ min: 1, max: 200 }) },
  where: 'anywhere',
  async run({ options: { words }, signal }, context) {
    const nothing = t('commands.github.nothing', { words });
    const { total, found } = await askGithub('githubSearch', { query: words }, { missing: nothing, signal }, context);
    if (found.length === 0) throw new UserError(nothing.key, nothing.params);
    const lines = found.map(({ name, stars, description }) =>
      t('commands.github.found', { name, stars: String(stars), description }),
    );
    return {
      tone: 'info',
      title: t('commands.github.results', { count: total }),
      parts: [{ kind: 'lines', lines }, ...linkRow(found.map(({ name, url }) => ({ label: name, url })))],
    };
  },
});
