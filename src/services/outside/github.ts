import type { Context } from '../../context.ts';
import type { ErrandInput, ErrandName, ErrandOutput } from '../../workers/io.ts';
import type { Part } from '../answers/answer.ts';
import { UserError } from '../answers/user-error.ts';
import { type Said, t, timestamp, type Words } from '../answers/words.ts';
import { inWords } from './in-words.ts';

type GithubErrand = Extract<ErrandName, `github${string}`>;

interface Asking {
  readonly missing: Said;
  readonly signal: AbortSignal;
}

/** Asks GitHub; what goes wrong is a UserError in words. */
export function askGithub<N extends GithubErrand>(
  name: N,
  input: ErrandInput<N>,
  { missing, signal }: Asking,
  context: Context,
): Promise<ErrandOutput<N>> {
  return inWords(context.io.errand(name, input, { signal }), { service: 'GitHub', missing, signal }, context);
}

const REPOSITORY =
  /^(?:https:\/\/github\.com\/)?([A-Za-z0-9][A-Za-z0-9-]{0,38})\/((?!\.{1,2}(?:\/|$))[\w.-]{1,100})(?:\/.*)?$/;

/** `owner/name`, or the address of anything in a repository; UserError for anything else. */
export function repositoryMeant(typed: string): { readonly owner: string; readonly name: string } {
  const [, owner, name] = REPOSITORY.exec(typed.trim()) ?? [];
  if (owner === undefined || name === undefined) throw new UserError('commands.github.notARepository');
  return { owner, name: name.replace(/\.git$/, '') };
}

const LONGEST_LINK = 512;

/** What issues and pull requests both show. */
export function discussionParts(
  { author, opened, comments, labels, body, url }: Omit<ErrandOutput<'githubIssue'>, 'state' | 'isPull'>,
  fields: readonly (readonly [Words, Words])[],
): readonly Part[] {
  return [
    {
      kind: 'fields',
      fields: [
        ...fields,
        [t('commands.github.by'), t('commands.github.byWhen', { author, when: timestamp(new Date(opened)) })],
        [t('commands.github.comments'), String(comments)],
        ...(labels.length > 0 ? [[t('commands.github.labels'), { list: labels }] as const] : []),
      ],
    },
    ...(body === '' ? [] : [{ kind: 'text', text: body } as const]),
    ...openButton(url),
  ];
}

/** A link to the thing at GitHub. */
export function openButton(url: string): readonly Part[] {
  return linkRow([{ label: t('commands.github.open'), url }]);
}

/** Links in a row. An address that is not https, or longer than Discord takes, never becomes one; without any there is no row. */
export function linkRow(links: readonly { readonly label: Words; readonly url: string }[]): readonly Part[] {
  const buttons = links.filter(({ url }) => url.startsWith('https://') && url.length <= LONGEST_LINK);
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}
