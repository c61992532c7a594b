import type { Context } from '../../../context.ts';
import type { Answer, Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { list, t } from '../../../services/answers/words.ts';
import type { TaskOutput } from '../../../workers/task.ts';
import type { Tasks } from '../../../workers/worker.ts';
import type { Choice, Typing } from '../../autocomplete.ts';
import { defineCommand } from '../../define.ts';
import { text } from '../../options.ts';

const PLATFORMS = ['common', 'linux', 'osx', 'windows', 'android', 'freebsd', 'netbsd', 'openbsd', 'sunos'] as const;
const MOST_CHOICES = 25;
const ENGLISH = 'en';
/** Of all that a card may hold: beyond, the last examples are left out rather than cut. */
const MOST_TEXT = 2_800;

type Page = Extract<TaskOutput<Tasks, 'tldrPage'>, { kind: 'page' }>;

/** How a program is used, by examples, out of the pages that are kept here: nobody else is asked. */
export default defineCommand({
  where: 'anywhere',
  options: {
    page: text({ min: 1, max: 100, autocomplete: offerNames }),
    platform: text({ optional: true, choices: PLATFORMS }),
    language: text({ optional: true, max: 10, autocomplete: offerLanguages }),
  },
  async run({ options, interaction, signal }, { tldrPages, workers, config }) {
    const archive = tldrPages.archive();
    if (!archive) throw new UserError(config.TLDR_URL === 'off' ? 'commands.tldr.off' : 'commands.tldr.notYet');
    const { page: typed, platform, language } = options;
    const languages = languagesOf(language ?? interaction.locale);
    const wanted = { name: nameOf(typed), languages, ...(platform !== undefined && { platform }) };
    const found = await workers.offload('tldrPage', { ...archive, ...wanted }, { signal });
    if (found.kind === 'page') return card(found, language);
    const page = typed.trim();
    if (found.near.length === 0) throw new UserError('commands.tldr.nothing', { page });
    throw new UserError('commands.tldr.near', { page, near: list(found.near) });
  },
});

/** `git commit` is the page `git-commit`. */
function nameOf(typed: string): string {
  return typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
}

/** `pt-BR`, as Discord has it, is `pt_BR` there; without a page of its own it is `pt`, then English. */
function languagesOf(locale: string): string[] {
  const [language = ENGLISH, region] = locale.trim().split(/[-_]/);
  const whole = region === undefined ? [] : [`${language.toLowerCase()}_${region}`];
  return [...new Set([...whole, language.toLowerCase(), ENGLISH])];
}

function card({ title, about, more, examples, platform, language }: Page, asked: string | undefined): Answer {
  const other = asked !== undefined && !languagesOf(asked).slice(0, -1).includes(language) && asked !== language;
  const source = t('commands.tldr.source', { platform, language });
  return {
    tone: 'info',
    title,
    parts: [
      ...(about.length > 0 ? [{ kind: 'lines', lines: about } as const] : []),
      ...fitting(examples),
      { kind: 'small', text: other ? t('commands.tldr.otherLanguage', { asked, source }) : source },
      ...(more === undefined
        ? []
        : [{ kind: 'buttons', buttons: [{ label: t('commands.tldr.more'), url: more }] } as const]),
    ],
  };
}

function fitting(examples: Page['examples']): readonly Part[] {
  let left = MOST_TEXT;
  return examples.flatMap(({ what, command }): readonly Part[] => {
    left -= what.length + command.length + 20;
    return left < 0
      ? []
      : [
          { kind: 'text', text: what },
          { kind: 'code', text: command, language: 'sh' },
        ];
  });
}

function offerNames({ typed }: Typing, { tldrPages }: Context): readonly Choice[] {
  return tldrPages.namesLike(nameOf(typed), MOST_CHOICES).map((name) => ({ name, value: name }));
}

function offerLanguages({ typed }: Typing, { tldrPages }: Context): readonly Choice[] {
  const wanted = typed.trim().toLowerCase().replace('-', '_');
  const languages = tldrPages.languages().filter((one) => one.toLowerCase().startsWith(wanted));
  return languages.map((language) => ({ name: language, value: language }));
}
