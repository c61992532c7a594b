import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { partsOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { roleNamed } from '../people.ts';
import { ROLE_FIELDS } from '../role-fields.ts';

/** A role is gone. */
export default defineLogKind({
  group: 'roles',
  on: {
    roleDelete: ([role]) => ({
      title: 'eventLogs.titles.roleDeleted',
      said: t('eventLogs.said.role', { role: roleNamed(role.id, role.name) }),
      about: {},
      changes: partsOf(role, ROLE_FIELDS),
      audit: [auditKey(AuditLogEvent.RoleDelete, role.id)],
    }),
  },
});
