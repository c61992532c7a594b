import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  ButtonStyle,
  ComponentType as T,
} from 'discord-api-types/v10';
import { linkable } from '../addresses.ts';
import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';
import { hex } from '../people/names.ts';
import { drawFile, drawMedia } from './attachments.ts';
import { markup } from './markup.ts';
import { drawEmoji } from './reactions.ts';
import { drawSelect } from './select.ts';

const STYLES: Readonly<Record<number, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'secondary',
  [ButtonStyle.Premium]: 'primary',
};

type Part = APIMessageTopLevelComponent | APIComponentInContainer;

/** The components of a message, of either version. */
export function drawComponents(page: Page, message: APIMessage): HTMLElement[] {
  return (message.components ?? []).map((part) => drawPart(page, message, part));
}

function drawPart(page: Page, message: APIMessage, part: Part): HTMLElement {
  switch (part.type) {
    case T.ActionRow:
      return h(
        'div',
        { class: 'action-row', role: 'group' },
        part.components.map((one) =>
          one.type === T.Button ? drawButton(page, message, one) : drawSelect(page, message, one),
        ),
      );
    case T.TextDisplay:
      return markup(page, part.content);
    case T.Section:
      return drawSection(page, message, part);
    case T.Separator: {
      const classes = ['separator', part.divider !== false && 'line', part.spacing === 2 && 'large'];
      return h('div', {
        class: classes.filter(Boolean).join(' '),
        role: part.divider === false ? 'none' : 'separator',
      });
    }
    case T.MediaGallery:
      return h(
        'div',
        { class: `gallery of-${Math.min(part.items.length, 4)}` },
        part.items.map(({ media, description, spoiler }) => drawMedia(media.url, description ?? '', spoiler ?? false)),
      );
    case T.File:
      return drawFile(part.name ?? nameIn(part.file.url), part.size, part.file.url);
    case T.Container: {
      const box = h(
        'div',
        { class: part.spoiler ? 'container spoiled' : 'container' },
        part.components.map((one) => drawPart(page, message, one)),
      );
      if (part.accent_color) box.style.setProperty('--accent', hex(part.accent_color));
      box.addEventListener('click', () => box.classList.remove('spoiled'));
      return box;
    }
    default:
      return h('div', { class: 'outside' }, 'This kind of component is not shown here.');
  }
}

function nameIn(url: string): string {
  return decodeURIComponent(URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? 'file') : 'file');
}

function drawSection(page: Page, message: APIMessage, { components, accessory }: APISectionComponent): HTMLElement {
  const beside =
    accessory.type === T.Button
      ? drawButton(page, message, accessory)
      : h(
          'div',
          { class: 'thumbnail' },
          drawMedia(accessory.media.url, accessory.description ?? '', accessory.spoiler ?? false),
        );
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-text' },
      components.map(({ content }) => markup(page, content)),
    ),
    beside,
  );
}

/** A button: real ones, so that Enter, Space and screen readers need no help. */
function drawButton(page: Page, message: APIMessage, button: APIButtonComponent): HTMLElement {
  const { style, disabled } = button;
  const emoji = 'emoji' in button && button.emoji ? drawEmoji(button.emoji) : null;
  const label = 'label' in button ? (button.label ?? '') : 'Premium';
  const classes = `button ${STYLES[style] ?? 'secondary'}`;
  if (style === ButtonStyle.Link) {
    const href = disabled ? undefined : linkable(button.url);
    return h(
      'a',
      { class: classes, href, target: '_blank', rel: 'noopener noreferrer', 'aria-disabled': !href },
      emoji,
      label,
      icon(ICONS.launch, 14),
    );
  }
  const made = h(
    'button',
    { class: classes, disabled: disabled ?? false, 'aria-label': label === '' ? 'button' : undefined },
    emoji,
    h('span', {}, label),
  );
  if (style === ButtonStyle.Premium) return made;
  made.dataset.focus = `component ${button.custom_id}`;
  made.addEventListener('click', () => {
    made.setAttribute('aria-busy', 'true');
    const press = page.interact(message.channel_id, () => page.client.click(message, button.custom_id));
    void press.finally(() => made.removeAttribute('aria-busy'));
  });
  return made;
}
