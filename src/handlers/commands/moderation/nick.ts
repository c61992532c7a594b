import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { text, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

/** Gives a member another nickname in this server, or takes it away. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageNicknames,
  botNeeds: PermissionFlagsBits.ManageNicknames,
  options: {
    member: user(),
    nick: text({ optional: true, max: 32 }),
    reason: REASON,
  },
  async run(asked, context) {
    const { member, nick, reason } = asked.options;
    const data = { nick: nick?.trim() || null };
    return await moderate(asked, { type: 'nick', targets: [targetOf(member)], reason, data }, context);
  },
});
