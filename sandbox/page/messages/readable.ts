import { type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10';

/** What a message says in plain words, for those who hear it: its text, or that of its embeds and components. */
export function readable(message: APIMessage): string {
  if (((message.flags ?? 0) & MessageFlags.Loading) !== 0) return 'is thinking';
  const embeds = message.embeds.flatMap(({ title, description }) => [title, description]);
  const words = [message.content, ...embeds, ...textsIn(message.components)].filter(Boolean).join(' ');
  return words !== '' ? words : `${message.attachments.length} files`;
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value && 'type' in value && value.type === ComponentType.TextDisplay) return [String(value.content)];
  return 'components' in value ? textsIn(value.components) : [];
}
