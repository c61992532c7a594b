import type { ProgramRule } from './program.ts';
import type { JudgeInput } from './verdict.ts';

/** What decides, before its condition is looked at, that a rule says nothing of a message. */
export function staysOut(rule: ProgramRule | null, { edited, author, channel }: JudgeInput) {
  if (!rule) return 'unreadable';
  if (!rule.enabled) return 'disabled';
  if (!(edited ? rule.onEdit : rule.onMessage)) return 'notOn';
  if (rule.members.includes(author.id)) return 'member';
  if (rule.roles.length > 0 && author.roles.some((role) => rule.roles.includes(role))) return 'role';
  const places = rule.channels.length > 0 ? [channel.id, channel.parent, channel.category] : [];
  return places.some((id) => id !== undefined && rule.channels.includes(id)) ? 'channel' : undefined;
}
