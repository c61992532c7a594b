import type { APIMessage } from 'discord-api-types/v10';
import { isRecord } from '../http/form.ts';

/** All that a person can read in a message: text, embeds and components v2, line by line. */
export function readText(message: APIMessage): string {
  const { content, embeds, components } = message;
  const lines = [content];
  for (const { author, title, description, fields, footer } of embeds) {
    lines.push(author?.name ?? '', title ?? '', description ?? '');
    for (const { name, value } of fields ?? []) lines.push(name, value);
    lines.push(footer?.text ?? '');
  }
  collect(components, lines);
  return lines.filter((line) => line !== '').join('\n');
}

/** The texts of a modal: title, labels, descriptions and texts between. */
export function readModalText(modal: { readonly title: string; readonly components: readonly unknown[] }): string {
  const lines = [modal.title];
  collect(modal.components, lines);
  return lines.join('\n');
}

const TEXT_DISPLAY = 10;
const BUTTON = 2;

function collect(value: unknown, lines: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, lines);
  if (!isRecord(value)) return;
  const { type, content, label, description } = value;
  if (type === TEXT_DISPLAY && typeof content === 'string') lines.push(content);
  if (type !== BUTTON && typeof label === 'string') lines.push(label);
  if (type !== BUTTON && typeof description === 'string') lines.push(description);
  for (const key of ['components', 'component', 'accessory', 'items']) collect(value[key], lines);
}
