import type { ListKind, StoredList } from '../../db/automod-lists.ts';
import { MOST_LIST_BYTES, MOST_LISTS, MOST_TERM_LETTERS, MOST_TERMS } from '../../workers/words/limits.ts';
import { UserError } from '../answers/user-error.ts';

/** Whether there is room for a list beside the others of its server, in place of the one of its name. UserError where there is none. */
export function checkRoom(lists: readonly StoredList[], list: Omit<StoredList, 'version'>): void {
  const others = lists.filter(({ name }) => name !== list.name);
  if (others.length >= MOST_LISTS) throw new UserError('automod.lists.tooManyLists', { most: MOST_LISTS });
  const alike = [...others.filter(({ kind }) => kind === list.kind), list];
  const total = (of: 'entries' | 'letters' | 'size') => alike.reduce((sum, one) => sum + one[of], 0);
  if (total('entries') > MOST_TERMS) throw tooMuch(list.kind, MOST_TERMS, total('entries'));
  if (list.kind === 'words' && total('letters') > MOST_TERM_LETTERS)
    throw new UserError('automod.lists.tooManyLetters', { most: MOST_TERM_LETTERS });
  if (total('size') > MOST_LIST_BYTES)
    throw new UserError('automod.lists.tooLarge', { megabytes: MOST_LIST_BYTES / 1e6 });
}

function tooMuch(kind: ListKind, most: number, count: number): UserError {
  return new UserError(`automod.lists.tooMany.${kind}`, { most, count });
}
