import type { Guild } from 'discord.js';
import { clip, escapeMarkdown, mention } from '../answers/words.ts';
import { LONGEST_WELCOME } from '../settings/areas/welcome.ts';
import { filledWith } from '../settings/welcome-placeholders.ts';

/** Who has joined or left. */
export interface Newcomer {
  readonly id: string;
  readonly name: string;
  /** How many members the server had then. */
  readonly count: number;
}

/** Words of welcome for somebody, as Discord's markdown. */
export function welcomeText(
  template: string,
  { id, name, count }: Newcomer,
  guild: Guild | undefined,
  locale: string,
): string {
  const text = filledWith(template, (placeholder, which) => {
    switch (placeholder) {
      case 'member':
        return mention('user', id).markup;
      case 'name':
        return escapeMarkdown(name);
      case 'server':
        return escapeMarkdown(guild?.name ?? '');
      case 'count':
        return count.toLocaleString(locale);
      case 'line':
        return '\n';
      case 'channel':
        return channelNamed(which, guild);
      default: {
        const never: never = placeholder;
        return never;
      }
    }
  });
  return clip(text.toWellFormed(), LONGEST_WELCOME);
}

function channelNamed(which: string, guild: Guild | undefined): string {
  const found = guild?.channels.cache.find(({ id, name }) => id === which || name === which);
  return found ? mention('channel', found.id).markup : escapeMarkdown(`#${which}`);
}
