import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { partsOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { roleNamed } from '../people.ts';
import { ROLE_FIELDS } from '../role-fields.ts';

/** A role was made. */
export default defineLogKind({
  group: 'roles',
  on: {
    roleCreate: ([role]) => ({
      title: 'eventLogs.titles.roleCreated',
      said: t('eventLogs.said.role', { role: roleNamed(role.id, role.name) }),
      about: {},
      changes: partsOf(role, ROLE_FIELDS),
      audit: [auditKey(AuditLogEvent.RoleCreate, role.id)],
    }),
  },
});
