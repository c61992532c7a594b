import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-reply.js';
import '@skyra/discord-components-core/discord-system-message.js';
import { type APIMessage, MessageFlags, MessageType } from 'discord-api-types/v10';
import { h } from '../element.ts';
import type { Page } from '../page.ts';
import { clock, whenWritten } from '../times.ts';
import { amend } from './amend.ts';
import { drawAttachments } from './attachments.ts';
import { drawComponents } from './components.ts';
import { drawEmbed } from './embed.ts';
import { markup } from './markup.ts';
import { drawReactions } from './reactions.ts';
import { readable } from './readable.ts';
import { drawToolbar } from './toolbar.ts';

const GROUP_MS = 7 * 60_000;
const NAME_COLOUR = 'var(--header)';

/** Whether a message stands under the one before it without a head of its own, as Discord groups what one person writes. */
export function follows(message: APIMessage, before: APIMessage | undefined): boolean {
  if (!before || isSystem(message) || isSystem(before)) return false;
  if (message.referenced_message !== undefined || message.interaction_metadata || has(message, MessageFlags.Ephemeral))
    return false;
  if (message.author.id !== before.author.id || message.webhook_id !== before.webhook_id) return false;
  if (has(before, MessageFlags.Ephemeral)) return false;
  const [from, to] = [new Date(before.timestamp), new Date(message.timestamp)];
  return to.getTime() - from.getTime() < GROUP_MS && to.toDateString() === from.toDateString();
}

function has(message: APIMessage, flag: MessageFlags): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

function isSystem({ type }: APIMessage): boolean {
  return ![
    MessageType.Default,
    MessageType.Reply,
    MessageType.ChatInputCommand,
    MessageType.ContextMenuCommand,
  ].includes(type);
}

/** One message, with everything that hangs on it. */
export function drawMessage(page: Page, message: APIMessage, grouped: boolean): HTMLElement {
  const row = h('div', {
    class: grouped ? 'row grouped' : 'row',
    role: 'article',
    tabindex: -1,
    'data-id': message.id,
    'aria-label': labelOf(page, message),
  });
  row.append(
    isSystem(message) ? drawSystem(page, message) : drawFrame(page, message, grouped),
    drawToolbar(page, message),
  );
  return row;
}

function labelOf(page: Page, message: APIMessage): string {
  const who = page.names.user(message.author.id);
  return `${who}, ${whenWritten(message.timestamp)}: ${readable(message).slice(0, 200)}`;
}

function drawFrame(page: Page, message: APIMessage, grouped: boolean): HTMLElement {
  const { author } = message;
  const ephemeral = has(message, MessageFlags.Ephemeral);
  const frame = h('discord-message', {
    author: authorName(page, message),
    avatar: page.names.avatar(author.id),
    'role-color': page.names.colour(author.id) ?? NAME_COLOUR,
    timestamp: grouped ? clock(new Date(message.timestamp)) : whenWritten(message.timestamp),
    bot: Boolean(author.bot),
    edited: message.edited_timestamp !== null && message.content !== '',
    highlight: mentionsMe(page, message),
    ephemeral,
    'message-body-only': grouped,
  });
  frame.dismissMessageClicked = () => page.dismiss(message);
  amend(frame, () => page.dismiss(message));
  frame.append(...[drawOrigin(page, message) ?? [], drawBody(page, message)].flat());
  frame.addEventListener('click', (event) => {
    const onAuthor = event.composedPath().some((one) => one instanceof HTMLElement && isAuthor(one));
    if (onAuthor) page.openUserMenu(author.id, frame);
  });
  return frame;
}

function isAuthor(element: HTMLElement): boolean {
  return element.matches('.discord-author-avatar, .discord-author-username');
}

function authorName(page: Page, { author, webhook_id }: APIMessage): string {
  return webhook_id && author.id !== page.store.bot?.id ? author.username : page.names.user(author.id);
}

function mentionsMe({ store, names }: Page, message: APIMessage): boolean {
  const id = store.me?.id ?? '';
  const roles = names.member(id)?.roles ?? [];
  if (message.author.id === id) return false;
  return (
    message.mention_everyone ||
    message.mentions.some((one) => one.id === id) ||
    message.mention_roles.some((one) => roles.includes(one))
  );
}

/** What stands above a message: the one it replies to, or the command that it answers. */
function drawOrigin(page: Page, message: APIMessage): HTMLElement | undefined {
  const { interaction, referenced_message: replied } = message;
  if (interaction) return drawCommand(page, message, interaction.user.id, interaction.name);
  if (replied === undefined) return undefined;
  if (replied === null) return h('discord-reply', { slot: 'reply', deleted: true });
  const reply = h(
    'discord-reply',
    {
      slot: 'reply',
      author: authorName(page, replied),
      avatar: page.names.avatar(replied.author.id, 16),
      'role-color': page.names.colour(replied.author.id) ?? NAME_COLOUR,
      bot: Boolean(replied.author.bot),
      mentions: message.mentions.some(({ id }) => id === replied.author.id),
      attachment: replied.attachments.length > 0,
    },
    h('span', { class: 'reply-text' }, markup(page, firstLine(replied))),
  );
  reply.addEventListener('click', () => page.jumpTo(replied.id));
  return reply;
}

function firstLine(message: APIMessage): string {
  const text = message.content.split('\n', 1)[0] ?? '';
  return text === '' ? 'Click to see attachment' : text.slice(0, 200);
}

/** Who used which command. The library's own is unreadable on light. */
function drawCommand(page: Page, message: APIMessage, user: string, name: string): HTMLElement {
  const slash = message.type !== MessageType.ContextMenuCommand;
  const who = h(
    'button',
    { class: 'plain origin-name', on: { click: ({ currentTarget }) => page.openUserMenu(user, currentTarget) } },
    page.names.user(user),
  );
  who.style.color = page.names.colour(user) ?? NAME_COLOUR;
  return h(
    'div',
    { slot: 'reply', class: 'origin' },
    h('img', { src: page.names.avatar(user, 16), alt: '' }),
    who,
    ' used ',
    h('span', { class: 'origin-command' }, slash ? `/${name}` : name),
  );
}

function drawBody(page: Page, message: APIMessage): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (has(message, MessageFlags.Loading)) parts.push(drawThinking(page, message));
  else if (message.content !== '') parts.push(markup(page, message.content));
  const rest = h('div', { class: 'accessories', slot: 'embeds' });
  rest.append(...drawAttachments(message.attachments, message));
  rest.append(...message.embeds.map((embed) => drawEmbed(page, embed)));
  rest.append(...drawComponents(page, message));
  if (message.edited_timestamp !== null && message.content === '')
    rest.append(h('span', { class: 'edited' }, '(edited)'));
  const reactions = drawReactions(page, message);
  if (reactions) rest.append(reactions);
  if (rest.childElementCount > 0) parts.push(rest);
  return parts;
}

function drawThinking(page: Page, { author }: APIMessage): HTMLElement {
  return h(
    'div',
    { class: 'thinking', role: 'status' },
    h('span', { class: 'dots', 'aria-hidden': true }, h('i'), h('i'), h('i')),
    `${page.names.user(author.id)} is thinking…`,
  );
}

const SYSTEM: Readonly<
  Partial<Record<MessageType, readonly ['join' | 'leave' | 'pin' | 'thread' | 'boost' | 'edit', string]>>
> = {
  [MessageType.UserJoin]: ['join', 'just landed. Say hello!'],
  [MessageType.ChannelPinnedMessage]: ['pin', 'pinned a message to this channel.'],
  [MessageType.ThreadCreated]: ['thread', 'started a thread:'],
  [MessageType.ThreadStarterMessage]: ['thread', 'started this thread.'],
  [MessageType.GuildBoost]: ['boost', 'just boosted the server!'],
  [MessageType.RecipientAdd]: ['join', 'was added to the thread.'],
  [MessageType.RecipientRemove]: ['leave', 'left the thread.'],
  [MessageType.ChannelNameChange]: ['edit', 'changed the name:'],
};

function drawSystem(page: Page, message: APIMessage): HTMLElement {
  const [type, text] = SYSTEM[message.type] ?? ['edit', 'did something that this page does not show.'];
  const { id } = message.author;
  return h(
    'discord-system-message',
    { type, timestamp: whenWritten(message.timestamp) },
    h(
      'button',
      { class: 'plain name', on: { click: ({ currentTarget }) => page.openUserMenu(id, currentTarget) } },
      page.names.user(id),
    ),
    ` ${text} `,
    message.content !== '' && h('strong', {}, message.content),
  );
}
