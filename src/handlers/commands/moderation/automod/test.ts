import type { BaseInteraction, GuildMember } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../../../context.ts';
import { roughTime } from '../../../../lib/snowflake.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { inputOf, isExempt, placeOf, type Written } from '../../../../services/automod/payload.ts';
import { rankOf } from '../../../../services/automod/rank.ts';
import { type Author, triedCard } from '../../../../services/automod/tried-card.ts';
import { type Asked, tryMessage } from '../../../../services/automod/try-message.ts';
import { withMembers } from '../../../../services/automod/whole.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import type { SentRules } from '../../../../workers/rules/verdict.ts';
import { namedFor } from '../../../automod/named.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { type Asked as AskedOf, defineCommand, defineMessageMenu } from '../../../define.ts';
import { boolean, member, text } from '../../../options.ts';

type On = AskedOf<BaseInteraction>;
/** Of somebody who has been there for as long as anybody asks. */
const LONG_MS = 20 * 365 * 86_400_000;
const NOBODY = '0';

const menu = defineMessageMenu({
  ...AUTOMOD_RULES,
  id: 'automod-sees',
  sameAs: 'automod test',
  async run(asked, context) {
    const { channelId, targetMessage, guild } = asked.interaction;
    if (!guild) throw new UserError('errors.serverOnly');
    const route = Routes.channelMessage(channelId, targetMessage.id);
    const message = (await context.discord.rest.get(route, { signal: asked.signal })) as APIMessage; // what Discord answers to this request
    const [payload] = await withMembers(guild, [message], context, asked.signal);
    if (!payload) throw new UserError('automod.tried.nothing');
    const place = placeOf(channelId, context.discord);
    const edited = message.edited_timestamp !== null;
    const now = context.now().getTime();
    const input = (rules: SentRules) => inputOf(payload, { rules, place, edited, count: false, now });
    return await shown(message.content, input, asked, context, await authorOf(payload, guild.id, context));
  },
});

/** What automod sees of a text: how it is read, which rules it hits and why, and what that costs. Nothing is done about it. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: {
    text: text({ min: 1, max: 4_000 }),
    as: member({ optional: true }),
    newcomer: boolean({ optional: true }),
    edited: boolean({ optional: true }),
  },
  menus: [menu],
  async run(asked, context) {
    const { interaction, options } = asked;
    const { text, as, newcomer = false, edited = false } = options;
    const age = newcomer ? 0 : LONG_MS;
    const author = as ? memberOf(as, context) : { id: NOBODY, roles: [], accountMs: age, joinedMs: age };
    const { channelId, guildId } = interaction;
    const input: Asked = {
      ...{ text, author, channel: placeOf(channelId, context.discord) },
      ...{ edited, forwarded: false },
    };
    const written = { channel_id: channelId, author: { id: author.id }, member: { roles: author.roles } };
    const judged = await authorOf(written, guildId ?? '0', context);
    const note = t(newcomer ? 'automod.tried.asNewcomer' : 'automod.tried.asMember');
    return await shown(text, () => input, asked, context, as ? judged : { ...judged, note });
  },
});

function memberOf({ id, guild, roles, joinedTimestamp: joined }: GuildMember, { now }: Context): Asked['author'] {
  const at = now().getTime();
  const held = [...roles.cache.keys()].filter((role) => role !== guild.id);
  return { id, roles: held, accountMs: at - roughTime(id), ...(joined && { joinedMs: at - joined }) };
}

async function shown(
  text: string,
  input: (rules: SentRules) => Asked,
  { interaction, signal }: On,
  context: Context,
  author: Author,
) {
  const [tried, named] = await Promise.all([
    tryMessage(input, interaction.guildId ?? '0', context, signal),
    namedFor(interaction, context),
  ]);
  return triedCard(text, tried, named, author);
}

/** What the server has settled about whoever wrote it; ranks are looked at only when a rule is hit, and so it is said what theirs is. */
async function authorOf(written: Written, guild: string, context: Context): Promise<Author> {
  const { author, member, webhook_id: webhook } = written;
  const settled = await context.settings.of(guild, 'automod');
  const rank = await rankOf({ guild, author: author.id, roles: member?.roles ?? [], webhook }, context);
  const bot = author.bot === true && webhook === undefined;
  const exempt = bot || rank >= settled.exemptRank || isExempt(written, settled, context.discord);
  return { rank, exempt, note: t('automod.tried.rank', { rank: rankWords(rank) }) };
}
