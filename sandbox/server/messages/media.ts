import type { APIAttachment, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { isRecord } from '../http/form.ts';
import type { State } from '../state/state.ts';

interface Rich {
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
}

/** Puts real addresses where embeds and components say `attachment://name`, and describes the media as Discord does. */
export function resolveMedia(state: State, rich: Rich, attachments: readonly APIAttachment[]): Rich {
  const { embeds, components } = rich;
  if (embeds.length === 0 && components.length === 0) return rich;
  return {
    embeds: embeds.map((embed) => resolveEmbed(embed, attachments)),
    // The same tree with addresses filled in: the kinds stay what they were.
    components: components.map((component) => resolve(state, component, attachments)) as APIMessageTopLevelComponent[],
  };
}

function find(url: string, attachments: readonly APIAttachment[]): APIAttachment | undefined {
  if (!url.startsWith('attachment://')) return undefined;
  const name = url.slice('attachment://'.length);
  return attachments.find(({ filename }) => filename === name);
}

function resolveEmbed(embed: APIEmbed, attachments: readonly APIAttachment[]): APIEmbed {
  const image = <T extends { url: string }>(of: T): T => {
    const file = find(of.url, attachments);
    const url = file?.url ?? of.url;
    return { ...of, url, proxy_url: url, width: file?.width ?? 0, height: file?.height ?? 0 };
  };
  const icon = <T extends { icon_url?: string }>(of: T): T => {
    if (of.icon_url === undefined) return of;
    const url = find(of.icon_url, attachments)?.url ?? of.icon_url;
    return { ...of, icon_url: url, proxy_icon_url: url };
  };
  return {
    ...embed,
    ...(embed.image && { image: image(embed.image) }),
    ...(embed.thumbnail && { thumbnail: image(embed.thumbnail) }),
    ...(embed.author && { author: icon(embed.author) }),
    ...(embed.footer && { footer: icon(embed.footer) }),
  };
}

function resolve(state: State, value: unknown, attachments: readonly APIAttachment[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(state, item, attachments));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => {
    const isMedia = (key === 'media' || key === 'file') && isRecord(child) && typeof child.url === 'string';
    return [key, isMedia ? unfurl(state, String(child.url), attachments) : resolve(state, child, attachments)];
  });
  const resolved = Object.fromEntries(entries);
  if (value.type !== 13 || !isRecord(value.file)) return resolved;
  const file = find(String(value.file.url), attachments);
  return file ? { ...resolved, name: file.filename, size: file.size } : resolved;
}

function unfurl(state: State, url: string, attachments: readonly APIAttachment[]): object {
  const file = find(url, attachments);
  return {
    id: state.ids.next(),
    url: file?.url ?? url,
    proxy_url: file?.url ?? url,
    width: file?.width ?? null,
    height: file?.height ?? null,
    content_type: file?.content_type ?? null,
    ...(file && { attachment_id: file.id }),
  };
}
