import { ComponentType as T } from 'discord-api-types/v10';
import type { ModalShown } from '../server/state/interactions.ts';
import { type Child, h, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { markup } from './messages/markup.ts';
import { type Field, fieldFor } from './modal-fields.ts';
import type { Page } from './page.ts';

/** The parts of a modal's components that are read here; the sandbox has checked them as Discord would. */
export interface Part {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly content?: string;
  readonly component?: Part;
  readonly components?: readonly Part[];
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'number';
}

/** Shows a modal. What is filled in stays when it cannot be sent; Escape and the backdrop close it. */
export function openModal(page: Page, modal: ModalShown, channel: string): void {
  const fields: Field[] = [];
  const body = modal.components.filter(isPart).map((part) => drawPart(page, part, fields));
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
  const close = (): void => dialog.close();
  const submit = h('button', { type: 'submit', class: 'button primary' }, 'Submit');
  const form = h(
    'form',
    { novalidate: true },
    h(
      'header',
      {},
      h('img', { class: 'modal-avatar', src: page.names.avatar(page.store.bot?.id ?? ''), alt: '' }),
      h('h2', { id: 'modal-title' }, modal.title),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Close', on: { click: close } },
        icon(ICONS.close, 24),
      ),
    ),
    h('div', { class: 'modal-body' }, body),
    h('footer', {}, h('button', { type: 'button', class: 'button secondary', on: { click: close } }, 'Cancel'), submit),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = fields.map((field) => field.check()).findIndex((complaint) => complaint !== undefined);
    if (wrong >= 0) return fields[wrong]?.focus();
    const values = Object.fromEntries(fields.map((field) => [field.customId, field.value()]));
    close();
    void page.interact(channel, () => page.client.submitModal(modal, values));
  });
  dialog.append(form);
  dialog.addEventListener('click', ({ target }) => target === dialog && close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.focus();
}

function drawPart(page: Page, part: Part, fields: Field[]): Child {
  if (part.type === T.TextDisplay) return h('div', { class: 'modal-text' }, markup(page, part.content ?? ''));
  if (part.type === T.ActionRow)
    return (part.components ?? []).map((one) => drawField(page, one, one.label ?? '', undefined, fields));
  if (part.type === T.Label && part.component)
    return drawField(page, part.component, part.label ?? '', part.description, fields);
  return h('div', { class: 'outside' }, 'This kind of component is not shown here.');
}

function drawField(page: Page, part: Part, label: string, description: string | undefined, fields: Field[]): Child {
  const field = fieldFor(page, part, label);
  if (!field) return h('div', { class: 'outside' }, 'This kind of input is not shown here.');
  fields.push(field);
  return h(
    'div',
    { class: 'modal-field' },
    h(
      'span',
      { class: 'modal-label' },
      label,
      field.required && h('span', { class: 'required', 'aria-hidden': true }, '*'),
    ),
    description && h('span', { class: 'muted' }, description),
    field.element,
    field.complaint,
  );
}
