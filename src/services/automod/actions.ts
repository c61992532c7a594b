import type { ActionName } from '../../workers/rules/schema.ts';
import addRole from './actions/add-role.ts';
import alert from './actions/alert.ts';
import ban from './actions/ban.ts';
import deletes from './actions/delete.ts';
import deleteCopies from './actions/delete-copies.ts';
import kick from './actions/kick.ts';
import log from './actions/log.ts';
import removeRole from './actions/remove-role.ts';
import reply from './actions/reply.ts';
import slowmode from './actions/slowmode.ts';
import timeout from './actions/timeout.ts';
import warn from './actions/warn.ts';
import type { RuleAction } from './rule-action.ts';

/** What rules can do, by name. */
export const RULE_ACTIONS: Readonly<Record<ActionName, RuleAction>> = {
  'add-role': addRole,
  alert,
  ban,
  delete: deletes,
  'delete-copies': deleteCopies,
  kick,
  log,
  'remove-role': removeRole,
  reply,
  slowmode,
  timeout,
  warn,
};
