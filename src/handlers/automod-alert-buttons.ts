import { PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../context.ts';
import type { Alert } from '../db/automod-alerts.ts';
import { say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { ALERT_BUTTONS } from '../services/automod/alert-buttons.ts';
import { ALERT_RULES, alertOf, inServersWords, type Pressed, take } from './automod/alert-turn.ts';
import { mayIn } from './channel-rights.ts';
import { defineComponent } from './define.ts';
import { moderate } from './moderate.ts';
import { missing } from './rules.ts';

/** An hour in which somebody can look at what happened. */
const TIMEOUT_MS = 3_600_000;

/** Puts the author in timeout, by the rights of `/timeout`. */
export const timeoutByAlert = defineComponent({
  ...ALERT_RULES,
  ...ALERT_BUTTONS.timeout,
  needs: P.ModerateMembers,
  botNeeds: P.ModerateMembers,
  run: (asked, context) => sanction('timeout', new Date(context.now().getTime() + TIMEOUT_MS), asked, context),
});

/** Bans the author for good, by the rights of `/ban`. */
export const banByAlert = defineComponent({
  ...ALERT_RULES,
  ...ALERT_BUTTONS.ban,
  needs: P.BanMembers,
  botNeeds: P.BanMembers,
  run: (asked, context) => sanction('ban', undefined, asked, context),
});

/** Deletes the message, by the rights of `/purge`. */
export const deleteByAlert = defineComponent({
  ...ALERT_RULES,
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

/** Has automod see nothing of the author from now on; `/config automod` takes that back, too. */
export const trustByAlert = defineComponent({
  ...ALERT_RULES,
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
  ...ALERT_RULES,
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
