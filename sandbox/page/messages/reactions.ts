import type { APIMessage, APIReaction } from 'discord-api-types/v10';
import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';

/** The reactions under a message, each a button that adds or takes back one's own. */
export function drawReactions(page: Page, message: APIMessage): HTMLElement | undefined {
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return undefined;
  return h(
    'div',
    { class: 'reactions', role: 'group', 'aria-label': 'Reactions' },
    reactions.map((one) => drawReaction(page, message, one)),
    h(
      'button',
      {
        class: 'reaction add',
        'aria-label': 'Add reaction',
        'data-focus': 'add-reaction',
        on: { click: ({ currentTarget }) => page.reactWithPicker(message, currentTarget) },
      },
      icon(ICONS.smile, 16),
    ),
  );
}

function drawReaction(page: Page, message: APIMessage, { emoji, count, me }: APIReaction): HTMLElement {
  const key = keyOf(emoji);
  return h(
    'button',
    {
      class: me ? 'reaction mine' : 'reaction',
      'aria-pressed': me,
      'aria-label': `${emoji.name ?? 'emoji'}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`,
      'data-focus': `reaction ${key}`,
      on: { click: () => page.react(message, key, !me) },
    },
    drawEmoji(emoji),
    h('span', { class: 'count' }, count),
  );
}

/** As REST names it: the character itself, or `name:id`. */
function keyOf(emoji: APIReaction['emoji']): string {
  return emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? '');
}

export function drawEmoji(emoji: {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
}): HTMLElement {
  if (!emoji.id) return h('span', { class: 'emoji' }, emoji.name ?? '');
  return h('img', { class: 'emoji', src: `/emojis/${emoji.id}.png?size=48`, alt: `:${emoji.name ?? 'emoji'}:` });
}
