import type { Static } from '@sinclair/typebox';
import { type BaseInteraction, type ButtonInteraction, PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../context.ts';
import { type Alert, type AlertDeed, alertDeeds, findAlert, takeTurn } from '../db/automod-alerts.ts';
import type { Within } from '../db/connect.ts';
import { say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t } from '../services/answers/words.ts';
import { ALERT_BUTTONS, type AlertState } from '../services/automod/alert-buttons.ts';
import { alertTimer } from '../services/automod/tell.ts';
import { isLasting } from '../services/moderation/lasting.ts';
import { undoingOf } from '../services/moderation/undo.ts';
import { mustMayChange, mustMayTakeBack, readCase } from './case-rights.ts';
import { mayIn } from './channel-rights.ts';
import { type Asked, defineComponent } from './define.ts';
import { MODERATES, moderate } from './moderate.ts';
import { missing } from './rules.ts';

/** An hour in which somebody can look at what happened. */
const TIMEOUT_MS = 3_600_000;
/** The alert itself is brought up to date by its timer, also where two press at once or the bot is started anew. */
const RULES = { ...MODERATES, kind: 'button', defer: 'private', updates: false } as const;

type Pressed = Asked<ButtonInteraction> & { readonly state: Static<typeof AlertState> };

/** Puts the author in timeout, by the rights of `/timeout`. */
export const timeoutByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.timeout,
  needs: P.ModerateMembers,
  botNeeds: P.ModerateMembers,
  run: (asked, context) => sanction('timeout', new Date(context.now().getTime() + TIMEOUT_MS), asked, context),
});

/** Bans the author for good, by the rights of `/ban`. */
export const banByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.ban,
  needs: P.BanMembers,
  botNeeds: P.BanMembers,
  run: (asked, context) => sanction('ban', undefined, asked, context),
});

/** Deletes the message, by the rights of `/purge`. */
export const deleteByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.delete,
  needs: P.ManageMessages,
  inChannel: true,
  async run(asked, context) {
    const alert = await alertOf(asked, context);
    const { guild, channel, message: id, author } = alert;
    if (!mayIn(asked.interaction, channel, P.ManageMessages)) {
      const permissions = missing(P.ManageMessages, null) ?? '';
      throw new UserError('automod.alert.notThere', { permissions, channel: mention('channel', channel) });
    }
    const why = await inServersWords('automod.alert.whyDeleted', alert, asked.interaction, context);
    const payload = { why, messages: [{ channel, id }] };
    const timer = { kind: 'automod-delete', owner: author, guild, payload, due: context.now(), zone: 'UTC' };
    await context.database.begin(async (tx, notify) => {
      await take('delete', alert, asked, context)({ tx, notify });
      await context.timers.addWithin({ tx, notify }, timer);
    });
    return say('automod.alert.deleting', {}, { tone: 'good' });
  },
});

/** Says that the case does not count, and takes back what it has done, by the rights of `/case void` and `/undo`. */
export const pardonByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.pardon,
  needs: P.ModerateMembers,
  async run(asked, context) {
    const { interaction, signal } = asked;
    const alert = await alertOf(asked, context);
    if (alert.caseNumber === null) throw new UserError('errors.outdatedComponent');
    const one = await readCase(alert.caseNumber, interaction, context);
    if (one.state === 'pending') throw new UserError('cases.amend.pending');
    const lasts = isLasting(one, context.now());
    await (lasts ? mustMayTakeBack(one, asked, context) : mustMayChange(one, asked, context));
    const taking = take('pardon', alert, asked, context);
    const why = await inServersWords('automod.alert.whyPardoned', alert, interaction, context);
    const payload = { case: one.number, by: interaction.user.id, why };
    const also = async (within: Within) => {
      await taking(within);
      const timer = {
        kind: 'automod-pardon',
        owner: one.target,
        guild: one.guild,
        payload,
        due: context.now(),
        zone: 'UTC',
      };
      await context.timers.addWithin(within, timer);
    };
    if (lasts) {
      const targets = [{ id: one.target, name: one.targetName }];
      return await moderate(asked, { ...(await undoingOf(one, context, signal)), targets, reason: why }, context, also);
    }
    await context.database.begin((tx, notify) => also({ tx, notify }));
    return say('automod.alert.pardoning', { number: one.number }, { tone: 'good' });
  },
});

/** Has automod see nothing of the author from now on; `/config automod` takes that back, too. */
export const trustByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.trust,
  needs: P.ManageGuild,
  async run(asked, context) {
    const alert = await alertOf(asked, context);
    const { user } = asked.interaction;
    const { author: member } = alert;
    const one = { member, by: user.id, at: context.now().getTime() };
    await changeTrust('trust', alert, (trusted) => [...trusted, one], asked, context);
    return say('automod.alert.trusting', { who: mention('user', member) }, { tone: 'good' });
  },
});

export const untrustByAlert = defineComponent({
  ...RULES,
  ...ALERT_BUTTONS.untrust,
  needs: P.ManageGuild,
  async run(asked, context) {
    const alert = await alertOf(asked, context);
    await changeTrust('untrust', alert, (trusted) => trusted, asked, context);
    return say('automod.alert.untrusting', { who: mention('user', alert.author) }, { tone: 'good' });
  },
});

type Trusted = readonly { readonly member: string; readonly by: string; readonly at: number }[];

async function changeTrust(
  what: 'trust' | 'untrust',
  alert: Alert,
  change: (others: Trusted) => Trusted,
  asked: Pressed,
  context: Context,
): Promise<void> {
  const { database, settings } = context;
  await database.begin(async (tx, notify) => {
    const within = { tx, notify };
    await take(what, alert, asked, context)(within);
    const patch = ({ trusted }: { readonly trusted: Trusted }) => ({
      trusted: change(trusted.filter(({ member }) => member !== alert.author)),
    });
    const outcome = await settings.setWithin(within, alert.guild, 'automod', patch, { by: asked.interaction.user.id });
    if (!outcome.ok) throw new UserError('automod.alert.tooManyTrusted');
  });
}

async function sanction(type: 'timeout' | 'ban', until: Date | undefined, asked: Pressed, context: Context) {
  const alert = await alertOf(asked, context);
  const { author: id, authorName: name, rules, guild, channel, message, text } = alert;
  const { language: locale } = await context.settings.of(guild, 'general');
  const names = rules.map((rule) => rule.name).join(', ');
  const reason = context.i18n.t('automod.alert.whySanctioned', { rules: names }, locale);
  const url = `https://discord.com/channels/${guild}/${channel}/${message}`;
  const evidence = [{ kind: 'message', url, text: text.slice(0, 1_000) }] as const;
  const wish = { type, targets: [{ id, name }], until, reason, evidence };
  return await moderate(asked, wish, context, take(type, alert, asked, context));
}

/** The alert as it was shown; UserError where it is gone, or more was done by it since. */
async function alertOf({ state, interaction }: Pressed, context: Context): Promise<Alert> {
  const alert = await findAlert(context.db, state.alert);
  if (!alert || alert.guild !== interaction.guildId) throw new UserError('errors.outdatedComponent');
  if (alert.turn !== state.turn) throw await tooLate(alert, context);
  return alert;
}

/** Together with what is done: that it was, and by whom. UserError, so that nothing is done, where somebody was faster. */
function take(what: AlertDeed, alert: Alert, { interaction }: Asked<BaseInteraction>, context: Context) {
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

async function inServersWords(
  key: 'automod.alert.whyDeleted' | 'automod.alert.whyPardoned',
  { guild }: Alert,
  { user }: BaseInteraction,
  { settings, i18n }: Context,
): Promise<string> {
  const { language: locale } = await settings.of(guild, 'general');
  return i18n.t(key, { who: user.username }, locale);
}
