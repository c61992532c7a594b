import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import type { AtEnd } from './action.ts';
import { actionOf } from './actions.ts';
import { botActor } from './bot-actor.ts';
import type { NewAction } from './moderation.ts';
import { doingOf, type Try } from './perform.ts';
import { refusalOf } from './refusal.ts';

/** What Discord does not let the bot do now it may in some hours, when somebody has mended that. */
const LOOK_AGAIN_MS = 6 * 3_600_000;
/** There is nothing left that could end. */
const GONE: readonly unknown[] = [Code.UnknownGuild, Code.UnknownChannel, Code.UnknownMember, Code.UnknownRole];

/**
 * What comes when the time of a case is over. Nothing where what it was about is gone; what Discord will not have is looked at again
 * later, and what may pass is thrown.
 */
export async function atEndOf(one: Case, trying: Pick<Try, 'triedAt' | 'signal'>, context: Context): Promise<AtEnd> {
  try {
    return await actionOf(one)?.atEnd?.(doingOf(one, trying, context));
  } catch (error) {
    const trouble = refusalOf(error);
    if (trouble === undefined) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'the end of an action was refused');
    if (error instanceof DiscordAPIError && GONE.includes(Number(error.code))) return undefined;
    return { again: new Date(context.now().getTime() + LOOK_AGAIN_MS), trouble };
  }
}

/** What undoes a case when its time is over, in the bot's own name. */
export async function orderAtEnd(
  { guild, target, targetName, number }: Case,
  order: Pick<NewAction, 'type' | 'data'>,
  context: Context,
): Promise<AtEnd> {
  const { language: locale } = await context.settings.of(guild, 'general');
  const reason = context.i18n.t('moderation.timeOver', { number }, locale);
  return { order: { guild, target, targetName, actor: botActor(context), reason, source: 'expiry', ...order } };
}
