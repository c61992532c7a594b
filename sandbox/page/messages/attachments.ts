import { type APIAttachment, type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { linkable, ownPath } from '../addresses.ts';
import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import { showSize } from '../times.ts';

/** What a message carries that no embed or component shows in its own place. */
export function drawAttachments(all: readonly APIAttachment[], { flags, embeds }: APIMessage): HTMLElement[] {
  if (((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0) return [];
  const used = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const shown = all.filter(({ url }) => !used.includes(url));
  const images = shown.filter((one) => kindOf(one) === 'image');
  const rest = shown.filter((one) => kindOf(one) !== 'image');
  const gallery =
    images.length > 0 ? [h('div', { class: `gallery of-${Math.min(images.length, 4)}` }, images.map(drawImage))] : [];
  return [...gallery, ...rest.map(drawOther)];
}

function kindOf({ content_type: type }: APIAttachment): 'image' | 'video' | 'audio' | 'file' {
  if (/^image\/(png|jpeg|gif|webp|avif|bmp)/.test(type ?? '')) return 'image';
  if (/^video\/(mp4|webm)/.test(type ?? '')) return 'video';
  return /^audio\//.test(type ?? '') ? 'audio' : 'file';
}

function drawImage({ url, filename, description, width, height }: APIAttachment): HTMLElement {
  const spoiler = filename.startsWith('SPOILER_');
  const image = drawMedia(url, description ?? filename, spoiler);
  const picture = image.querySelector('img');
  if (picture && width && height) {
    picture.width = width;
    picture.height = height;
  }
  return image;
}

/** A picture that opens when pressed; behind a cover when it is a spoiler. Pictures from elsewhere are not loaded. */
export function drawMedia(url: string, alt: string, spoiler: boolean): HTMLElement {
  const src = ownPath(url);
  if (!src) return outsideImage(url);
  const button = h(
    'button',
    { class: spoiler ? 'media spoiled' : 'media', 'aria-label': `Open image: ${alt}` },
    h('img', { src, alt, loading: 'lazy' }),
  );
  button.addEventListener('click', () => {
    if (button.classList.contains('spoiled')) button.classList.remove('spoiled');
    else showLarge(src, alt);
  });
  return button;
}

function showLarge(src: string, alt: string): void {
  const dialog = h(
    'dialog',
    { class: 'lightbox', 'aria-label': alt },
    h('img', { src, alt }),
    h('a', { href: src, target: '_blank', rel: 'noopener' }, 'Open original'),
  );
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Where a picture from another server would stand: its address, behind a link. */
export function outsideImage(url: string): HTMLElement {
  const href = linkable(url);
  const words = 'This picture is not loaded: it is outside the sandbox';
  return h(
    'div',
    { class: 'outside' },
    href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, words) : words,
  );
}

function drawOther(attachment: APIAttachment): HTMLElement {
  const src = ownPath(attachment.url);
  const kind = kindOf(attachment);
  if (src && kind === 'video') return h('video', { class: 'media', src, controls: true, preload: 'metadata' });
  if (src && kind === 'audio') return h('audio', { class: 'media', src, controls: true, preload: 'none' });
  return drawFile(attachment.filename, attachment.size, attachment.url);
}

/** A file as a card: name, size, and a link to fetch it. */
export function drawFile(name: string, size: number | undefined, url: string): HTMLElement {
  const src = ownPath(url);
  return h(
    'div',
    { class: 'file-card' },
    icon(ICONS.file, 28),
    h(
      'div',
      { class: 'file-words' },
      src ? h('a', { href: src, download: name }, name) : h('span', {}, name),
      size !== undefined && h('span', { class: 'muted' }, showSize(size)),
    ),
  );
}
