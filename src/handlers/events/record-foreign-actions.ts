import { defineEvent } from '../define.ts';

/** Makes a case of what a moderator does in Discord itself. */
export default defineEvent({
  on: 'guildAuditLogEntryCreate',
  async run({ foreignActions }, { id, action, targetId, executorId, reason, changes }, guild) {
    const entry = { id, action, target: targetId, executor: executorId, reason, changes };
    await foreignActions.heard(guild, entry);
  },
});
