import { AuditLogEvent } from 'discord.js';
import { code as inCode, mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { partsOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';

/** An invitation was made, or is no longer good. */
export default defineLogKind({
  group: 'invites',
  on: {
    inviteCreate([invite]) {
      const { code, channelId, inviterId, inviter } = invite;
      return {
        title: 'eventLogs.titles.inviteCreated',
        said: t('eventLogs.said.invite', { code: inCode(code), where: mention('channel', channelId ?? '0') }),
        about: { channel: channelId ?? undefined, user: inviterId ?? undefined, bot: inviter?.bot },
        audit: [auditKey(AuditLogEvent.InviteCreate, code)],
        ...(inviterId && { actor: inviterId }),
        changes: partsOf(invite, [
          ['eventLogs.what.maxUses', ({ maxUses }) => (maxUses ? String(maxUses) : t('eventLogs.unbounded'))],
          [
            'eventLogs.what.lasts',
            ({ maxAge }) => (maxAge ? t('eventLogs.seconds', { count: maxAge }) : t('eventLogs.unbounded')),
          ],
        ]),
      };
    },
    inviteDelete: ([{ code, channelId }]) => ({
      title: 'eventLogs.titles.inviteDeleted',
      said: t('eventLogs.said.invite', { code: inCode(code), where: mention('channel', channelId ?? '0') }),
      about: { channel: channelId ?? undefined },
      audit: [auditKey(AuditLogEvent.InviteDelete, code)],
    }),
  },
});
