import '@skyra/discord-components-core/discord-mention.js';
import { linkable } from '../addresses.ts';
import { type Child, h } from '../element.ts';
import { type Mark, parseMarkdown } from '../markdown.ts';
import type { Page } from '../page.ts';
import { showTimestamp } from '../times.ts';

const EMOJI_ONLY =
  /^(?:\s|<a?:\w{2,32}:\d{17,21}>|\p{Extended_Pictographic}|\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}]){1,60}$/u;
const CHANNEL_KINDS: Readonly<Record<number, 'voice' | 'forum' | 'thread'>> = {
  2: 'voice',
  11: 'thread',
  12: 'thread',
  15: 'forum',
};

/** A text with Discord's markdown, drawn. Mentions and emoji are looked up as the person acting sees them. */
export function markup(page: Page, text: string): HTMLElement {
  const jumbo = EMOJI_ONLY.test(text) && /\S/.test(text);
  return h('div', { class: jumbo ? 'markup jumbo' : 'markup', dir: 'auto' }, drawAll(page, parseMarkdown(text)));
}

/** A block ends its line by itself; the line break after it would make an empty line. */
function drawAll(page: Page, marks: readonly Mark[]): Child[] {
  const kept = marks.filter((mark, at) => mark.type !== 'br' || marks[at - 1]?.type !== 'codeBlock');
  return kept.map((mark) => draw(page, mark));
}

function draw(page: Page, mark: Mark): Child {
  const inner = (content: readonly Mark[]): Child[] => drawAll(page, content);
  switch (mark.type) {
    case 'text':
    case 'emoticon':
      return mark.content;
    case 'twemoji':
      return h('span', { class: 'emoji' }, mark.name);
    case 'br':
    case 'newline':
      return h('br');
    case 'strong':
      return h('strong', {}, inner(mark.content));
    case 'em':
      return h('em', {}, inner(mark.content));
    case 'underline':
      return h('u', {}, inner(mark.content));
    case 'strikethrough':
      return h('s', {}, inner(mark.content));
    case 'spoiler':
      return spoiler(inner(mark.content));
    case 'subtext':
      return h('small', { class: 'subtext' }, inner(mark.content));
    case 'heading':
      return h(
        'div',
        { role: 'heading', 'aria-level': mark.level, class: `heading h${mark.level}` },
        inner(mark.content),
      );
    case 'blockQuote':
      return h('blockquote', {}, inner(mark.content));
    case 'inlineCode':
      return h('code', {}, mark.content);
    case 'codeBlock':
      return h('pre', { tabindex: 0, 'aria-label': 'code' }, h('code', { 'data-language': mark.lang }, mark.content));
    case 'list':
      return drawList(mark, inner);
    case 'link':
    case 'url':
    case 'autolink':
      return link(mark.target, inner(mark.content));
    case 'timestamp':
      return timestamp(Number(mark.timestamp) * 1_000, mark.format);
    default:
      return drawNamed(page, mark);
  }
}

type Named = Extract<
  Mark,
  { type: 'user' | 'role' | 'channel' | 'emoji' | 'slashCommand' | 'guildNavigation' | 'everyone' | 'here' }
>;

function drawNamed(page: Page, mark: Named): Child {
  switch (mark.type) {
    case 'user':
      return userMention(page, mark.id);
    case 'role':
      return roleMention(page, mark.id);
    case 'channel':
      return channelMention(page, mark.id);
    case 'everyone':
    case 'here':
      return h('discord-mention', { type: 'user', highlight: true }, mark.type);
    case 'slashCommand':
      return h(
        'discord-mention',
        { type: 'slash', role: 'button', tabindex: 0, on: pressed(() => page.startCommand(mark.fullName)) },
        mark.fullName,
      );
    case 'guildNavigation':
      return h('discord-mention', { type: 'channel' }, mark.navigation ?? 'server');
    case 'emoji':
      return h('img', {
        class: 'emoji',
        src: `/emojis/${mark.id}.png?size=48`,
        alt: `:${mark.name}:`,
        title: `:${mark.name}:`,
      });
    default: {
      const never: never = mark; // a node that the parser did not have when this was written is left out
      return never;
    }
  }
}

function userMention(page: Page, id: string): HTMLElement {
  const own = id === page.store.me?.id;
  const on = pressed((at) => page.openUserMenu(id, at));
  return h(
    'discord-mention',
    { type: 'user', role: 'button', tabindex: 0, highlight: own, 'data-user': id, on },
    page.names.user(id),
  );
}

function roleMention(page: Page, id: string): HTMLElement {
  const role = page.names.guild()?.roles.get(id);
  return h(
    'discord-mention',
    { type: 'role', ...(role?.color && { color: `#${role.color.toString(16).padStart(6, '0')}` }) },
    role?.name ?? 'deleted-role',
  );
}

function channelMention(page: Page, id: string): HTMLElement {
  const channel = page.store.channels.get(id);
  if (!channel) return h('discord-mention', { type: 'locked' }, 'No Access');
  const type = CHANNEL_KINDS[channel.type] ?? 'channel';
  return h(
    'discord-mention',
    { type, role: 'link', tabindex: 0, on: pressed(() => page.openChannel(id)) },
    channel.name ?? 'channel',
  );
}

/** Clicks, and Enter or Space on what is a button in all but its tag. */
function pressed(act: (at: HTMLElement) => void) {
  const target = (event: Event): void => {
    if (event.currentTarget instanceof HTMLElement) act(event.currentTarget);
  };
  return {
    click: target,
    keydown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      target(event);
    },
  };
}

function spoiler(children: Child[]): HTMLElement {
  const hidden = h('span', {
    class: 'spoiler',
    role: 'button',
    tabindex: 0,
    'aria-expanded': false,
    'aria-label': 'Spoiler',
  });
  const inside = h('span', { 'aria-hidden': true }, children);
  const show = (): void => {
    hidden.classList.add('shown');
    for (const name of ['role', 'tabindex', 'aria-expanded', 'aria-label']) hidden.removeAttribute(name);
    inside.removeAttribute('aria-hidden');
  };
  const on = pressed(show);
  hidden.append(inside);
  hidden.addEventListener('click', on.click, { once: true });
  hidden.addEventListener('keydown', on.keydown);
  return hidden;
}

function drawList(mark: Extract<Mark, { type: 'list' }>, inner: (content: readonly Mark[]) => Child[]): HTMLElement {
  const items = mark.items.map((item) => h('li', {}, inner(item)));
  return mark.ordered ? h('ol', { start: mark.start }, items) : h('ul', {}, items);
}

export function link(target: string, children: Child[]): HTMLElement {
  const href = linkable(target);
  if (!href) return h('span', {}, children);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', title: href }, children);
}

function timestamp(at: number, style: string | undefined): HTMLElement {
  const text = showTimestamp(at, style);
  const valid = Math.abs(at) <= 8.64e15;
  return h(
    'time',
    {
      class: 'timestamp',
      title: valid ? showTimestamp(at, 'F') : false,
      datetime: valid ? new Date(at).toISOString() : false,
      'data-at': style === 'R' ? at : false,
    },
    text,
  );
}

/** Relative timestamps go on with the time. */
export function refreshTimestamps(root: ParentNode): void {
  for (const one of root.querySelectorAll<HTMLElement>('time[data-at]')) {
    one.textContent = showTimestamp(Number(one.dataset.at), 'R');
  }
}
