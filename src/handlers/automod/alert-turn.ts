import type { Static } from '@sinclair/typebox';
import type { BaseInteraction, ButtonInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Alert, type AlertDeed, alertDeeds, findAlert, takeTurn } from '../../db/automod-alerts.ts';
import type { Within } from '../../db/connect.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { mention, t } from '../../services/answers/words.ts';
import type { AlertState } from '../../services/automod/alert-buttons.ts';
import { alertTimer } from '../../services/automod/tell.ts';
import type { Asked } from '../define.ts';
import { MODERATES } from '../moderate.ts';

/** The alert itself is brought up to date by its timer, also where two press at once or the bot is started anew. */
export const ALERT_RULES = { ...MODERATES, kind: 'button', defer: 'private', updates: false } as const;

export type Pressed = Asked<ButtonInteraction> & { readonly state: Static<typeof AlertState> };

/** The alert as it was shown; UserError where it is gone, or more was done by it since. */
export async function alertOf({ state, interaction }: Pressed, context: Context): Promise<Alert> {
  const alert = await findAlert(context.db, state.alert);
  if (!alert || alert.guild !== interaction.guildId) throw new UserError('errors.outdatedComponent');
  if (alert.turn !== state.turn) throw await tooLate(alert, context);
  return alert;
}

/** Together with what is done: that it was, and by whom. UserError, so that nothing is done, where somebody was faster. */
export function take(what: AlertDeed, alert: Alert, { interaction }: Asked<BaseInteraction>, context: Context) {
  return async (within: Within): Promise<void> => {
    const taken = await takeTurn(within.tx, alert, { what, by: interaction.user.id, at: context.now() });
    if (!taken) throw new UserError('automod.alert.faster');
    await context.timers.addWithin(within, alertTimer(alert, context.now()));
  };
}

async function tooLate({ id }: Alert, { db }: Context): Promise<UserError> {
  const last = (await alertDeeds(db, id)).at(-1);
  if (!last) return new UserError('automod.alert.faster');
  const what = t(`automod.alert.done.${last.what}`);
  return new UserError('automod.alert.tooLate', { what, who: mention('user', last.by) });
}

export async function inServersWords(
  key: 'automod.alert.whyDeleted' | 'automod.alert.whyPardoned',
  { guild }: Alert,
  { user }: BaseInteraction,
  { settings, i18n }: Context,
): Promise<string> {
  const { language: locale } = await settings.of(guild, 'general');
  return i18n.t(key, { who: user.username }, locale);
}
