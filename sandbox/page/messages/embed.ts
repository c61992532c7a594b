import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { linkable, ownPath } from '../addresses.ts';
import { type Child, h } from '../element.ts';
import type { Page } from '../page.ts';
import { hex } from '../people/names.ts';
import { whenWritten } from '../times.ts';
import { outsideImage } from './attachments.ts';
import { link, markup } from './markup.ts';

/**
 * An embed. Drawn here and not by the library: its titles fetch emoji from Discord's own servers when a text holds
 * what looks like an id, and know no markdown.
 */
export function drawEmbed(page: Page, embed: APIEmbed): HTMLElement {
  const { thumbnail, image, color } = embed;
  const box = h(
    'article',
    { class: 'embed', 'aria-label': embed.title ?? 'embed' },
    h(
      'div',
      { class: 'embed-grid' },
      h(
        'div',
        { class: 'embed-main' },
        embed.provider?.name && h('div', { class: 'embed-provider' }, embed.provider.name),
        drawAuthor(embed),
        drawTitle(page, embed),
        embed.description && h('div', { class: 'embed-description' }, markup(page, embed.description)),
        drawFields(page, embed.fields ?? []),
      ),
      thumbnail && h('div', { class: 'embed-thumbnail' }, picture(thumbnail.url)),
    ),
    image && h('div', { class: 'embed-image' }, picture(image.url)),
    drawFooter(embed),
  );
  if (color) box.style.setProperty('--accent', hex(color));
  return box;
}

function picture(url: string): HTMLElement {
  const src = ownPath(url);
  return src ? h('img', { src, alt: '', loading: 'lazy' }) : outsideImage(url);
}

function smallIcon(url: string | undefined): Child {
  const src = ownPath(url);
  return src && h('img', { class: 'embed-icon', src, alt: '' });
}

function drawAuthor({ author }: APIEmbed): Child {
  if (!author) return null;
  const name = linkable(author.url) ? link(author.url ?? '', [author.name]) : author.name;
  return h('div', { class: 'embed-author' }, smallIcon(author.icon_url), h('span', {}, name));
}

function drawTitle(page: Page, { title, url }: APIEmbed): Child {
  if (!title) return null;
  const text = markup(page, title);
  return h('div', { class: 'embed-title' }, url ? link(url, [text]) : text);
}

/** Up to three inline fields share a line. */
function drawFields(page: Page, fields: readonly APIEmbedField[]): Child {
  if (fields.length === 0) return null;
  const lines: APIEmbedField[][] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    if (field.inline && last && last.length < 3 && last.every(({ inline }) => inline)) last.push(field);
    else lines.push([field]);
  }
  return h(
    'div',
    { class: 'embed-fields' },
    lines.map((line) => drawLine(page, line)),
  );
}

function drawLine(page: Page, line: readonly APIEmbedField[]): HTMLElement {
  return h(
    'div',
    { class: `embed-line of-${line.length}` },
    line.map(({ name, value }) =>
      h(
        'div',
        { class: 'embed-field' },
        h('div', { class: 'embed-field-name' }, markup(page, name)),
        markup(page, value),
      ),
    ),
  );
}

function drawFooter({ footer, timestamp }: APIEmbed): Child {
  if (!footer && !timestamp) return null;
  const when = timestamp && whenWritten(timestamp);
  return h(
    'div',
    { class: 'embed-footer' },
    smallIcon(footer?.icon_url),
    h('span', {}, [footer?.text, when].filter(Boolean).join(' • ')),
  );
}
