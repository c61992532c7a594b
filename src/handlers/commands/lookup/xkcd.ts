import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { t } from '../../../services/answers/words.ts';
import { inWords } from '../../../services/outside/in-words.ts';
import type { ErrandInput, ErrandOutput } from '../../../workers/io.ts';
import { defineCommand } from '../../define.ts';
import { text } from '../../options.ts';

const WORDS = ['latest', 'random'] as const;

/** A comic of xkcd: by its number, the latest, or any. */
export default defineCommand({
  options: {
    comic: text({ optional: true, max: 20, autocomplete: () => WORDS.map((name) => ({ name, value: name })) }),
  },
  where: 'anywhere',
  async run({ options, signal }, context) {
    const which = meant(options.comic ?? 'latest');
    const missing = t('commands.xkcd.missing', { number: String(which) });
    const work = context.io.errand('xkcd', which, { signal });
    return card(await inWords(work, { service: 'xkcd', missing, signal }, context));
  },
});

function meant(typed: string): ErrandInput<'xkcd'> {
  const word = WORDS.find((one) => one === typed.trim().toLowerCase());
  if (word) return word;
  const [, digits] = /^#?0*([1-9]\d{0,4})$/.exec(typed.trim()) ?? [];
  if (digits === undefined) throw new UserError('commands.xkcd.notAComic');
  return Number(digits);
}

function card({ number, title, alt, picture, day }: ErrandOutput<'xkcd'>): Answer {
  return {
    tone: 'info',
    title: t('commands.xkcd.title', { number: String(number), title }),
    parts: [
      { kind: 'picture', url: picture, description: `${title}: ${alt}` },
      { kind: 'text', text: alt },
      { kind: 'small', text: t('commands.xkcd.day', { day }) },
      { kind: 'buttons', buttons: [{ label: t('commands.xkcd.open'), url: `https://xkcd.com/${number}/` }] },
    ],
  };
}
