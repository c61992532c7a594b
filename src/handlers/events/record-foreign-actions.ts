import { defineEvent } from '../define.ts';

/** Makes a case of what a moderator does in Discord itself. */
export default defineEvent({
  on: 'guildAuditLogEntryCreate',
  async run({ foreignActions }, { id, action, targetId, executorId, reason, changes, extra }, guild) {
    const entry = { id, action, target: targetId, executor: executorId, reason, changes, ...detailsOf(extra) };
    await foreignActions.heard(guild, entry);
  },
});

/** Of how many an entry tells, by whichever name that has, where they were moved to, and which rule acted. */
function detailsOf(extra: object | null) {
  if (!extra) return {};
  return {
    count: 'count' in extra ? Number(extra.count) : 'removed' in extra ? Number(extra.removed) : undefined,
    channel: 'channel' in extra ? idOf(extra.channel) : undefined,
    rule: 'autoModerationRuleName' in extra ? String(extra.autoModerationRuleName) : undefined,
  };
}

function idOf(channel: unknown): string | undefined {
  const known = typeof channel === 'object' && channel !== null && 'id' in channel;
  return known && typeof channel.id === 'string' ? channel.id : undefined;
}
