import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween, permissionChanges } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { roleNamed } from '../people.ts';
import { ROLE_FIELDS } from '../role-fields.ts';

/** A role is different. That others have moved it up or down is no news. */
export default defineLogKind({
  group: 'roles',
  on: {
    roleUpdate([before, after]) {
      const changes = [
        ...changedBetween(before, after, ROLE_FIELDS),
        ...changedBetween(before, after, [
          ['eventLogs.what.icon', ({ icon, unicodeEmoji }) => icon ?? unicodeEmoji ?? undefined],
        ]),
        ...permissionChanges(before.permissions.bitfield, after.permissions.bitfield),
      ];
      if (changes.length === 0) return undefined;
      return {
        title: 'eventLogs.titles.roleChanged',
        said: t('eventLogs.said.role', { role: roleNamed(after.id, after.name) }),
        about: {},
        changes,
        audit: [auditKey(AuditLogEvent.RoleUpdate, after.id)],
      };
    },
  },
});
