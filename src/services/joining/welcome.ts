import type { Context } from '../../context.ts';
import type { AreaValue } from '../settings/areas.ts';
import type { WelcomePayload } from './orders.ts';
import { type Newcomer, welcomeText } from './welcome-text.ts';

const LISTS = { channel: 'texts', dm: 'letters', farewell: 'farewells' } as const;

/** One of the server's texts, by a draw; where it has none for its channel, the bot's own words. Nothing where nothing is to be said. */
export async function welcomeFor(
  guild: string,
  newcomer: Newcomer,
  { where, draw }: Pick<WelcomePayload, 'where' | 'draw'>,
  context: Pick<Context, 'discord' | 'settings' | 'i18n'>,
): Promise<string | undefined> {
  const [welcome, { language }] = await Promise.all([
    context.settings.of(guild, 'welcome'),
    context.settings.of(guild, 'general'),
  ]);
  const template = templateFor(welcome, where, draw) ?? ownWords(where, language, context);
  if (template === undefined) return undefined;
  return welcomeText(template, newcomer, context.discord.guilds.cache.get(guild), language);
}

function templateFor(welcome: AreaValue<'welcome'>, where: WelcomePayload['where'], draw: number): string | undefined {
  const all = welcome[LISTS[where]];
  return all[draw % all.length];
}

function ownWords(where: WelcomePayload['where'], locale: string, { i18n }: Pick<Context, 'i18n'>): string | undefined {
  const blanks = { member: '{member}', server: '{server}' };
  return where === 'channel' ? i18n.t('joining.welcome', blanks, locale) : undefined;
}
