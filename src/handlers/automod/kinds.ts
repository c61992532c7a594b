import type { ActionName, TriggerType } from '../../workers/rules/schema.ts';

/** What can be looked for, as it is offered: what is said, how much and what else of it, and who wrote it where. */
export const TRIGGER_MENUS: Readonly<Record<'content' | 'amount' | 'place', readonly TriggerType[]>> = {
  content: ['words', 'pattern', 'link', 'invite', 'everyone', 'shell', 'zalgo', 'file', 'picture', 'files'],
  amount: ['flood', 'rate', 'capitals', 'repeats', 'mentions', 'emoji', 'lines', 'length', 'stickers', 'spoilers'],
  place: ['account-age', 'joined', 'role', 'channel', 'category', 'thread', 'forwarded', 'edited'],
};

/** What can be done, the mildest first. */
export const ACTION_MENU: readonly ActionName[] = [
  'delete',
  'delete-copies',
  'reply',
  'alert',
  'log',
  'warn',
  'timeout',
  'slowmode',
  'add-role',
  'remove-role',
  'kick',
  'ban',
];
