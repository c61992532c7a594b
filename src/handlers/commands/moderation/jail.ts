import { PermissionFlagsBits as P } from 'discord.js';
import { UserError } from '../../../services/answers/user-error.ts';
import { whyNotMine } from '../../../services/moderation/member-roles.ts';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { JAIL_BUTTONS, noJailYet } from '../../jail-button.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, text, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 2 * 365 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['1 hour', '6 hours', '1 day', '3 days', '1 week'];

/** Takes a member's roles and lets them see the jail's channel alone, for good or for a time. */
export default defineCommand({
  ...MODERATES,
  needs: P.ModerateMembers,
  botNeeds: P.ManageRoles,
  components: JAIL_BUTTONS,
  options: {
    member: user(),
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    reason: REASON,
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { member, duration, reason, silent, evidence, file } = asked.options;
    if (!asked.interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
    const { guild } = asked.interaction;
    const { role } = await context.settings.of(guild.id, 'jail');
    if (!role || !guild.roles.cache.has(role)) return noJailYet();
    const why = await whyNotMine(guild, { id: role });
    if (why) throw new UserError(why.key, why.params);
    const ms = duration === undefined ? undefined : readDuration(duration, BOUNDS);
    const until = ms === undefined ? undefined : new Date(context.now().getTime() + ms);
    const wish = { type: 'jail', targets: [targetOf(member)], reason, silent, until, data: { role } };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
