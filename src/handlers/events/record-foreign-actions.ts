import { defineEvent } from '../define.ts';

/** Makes a case of what a moderator does in Discord itself. */
export default defineEvent({
  on: 'guildAuditLogEntryCreate',
  async run({ foreignActions }, { id, action, targetId, executorId, reason, changes, extra }, guild) {
    const entry = { id, action, target: targetId, executor: executorId, reason, changes, count: countIn(extra) };
    await foreignActions.heard(guild, entry);
  },
});

/** Of how many an entry tells, by whichever name that has. */
function countIn(extra: object | null): number | undefined {
  if (extra && 'count' in extra) return Number(extra.count);
  return extra && 'removed' in extra ? Number(extra.removed) : undefined;
}
