import { type ChatInputCommandInteraction, DiscordAPIError, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../context.ts';
import type { MassRun } from '../../../db/mass-runs.ts';
import { type Answer, say } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { mention } from '../../../services/answers/words.ts';
import { type Found, findMessages, type MessageFilter, MOST_READ } from '../../../services/mass/find-messages.ts';
import { startAtOnce } from '../../../services/mass/runs.ts';
import { refusalOf } from '../../../services/moderation/refusal.ts';
import { checkPattern } from '../../../services/patterns/patterns.ts';
import { MOST_LETTERS } from '../../../workers/patterns/limits.ts';
import { deleteByAlert } from '../../automod-alert-buttons.ts';
import { defineCommand } from '../../define.ts';
import { massCancel } from '../../mass.ts';
import { LONGEST_BOUND, readBound } from '../../message-bound.ts';
import { MODERATES } from '../../moderate.ts';
import { boolean, integer, text, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';

const NEEDS = { needs: PermissionFlagsBits.ManageMessages, inChannel: true } as const;
const MOST = 1_000;

/** Deletes the newest messages of this channel that fit, and keeps what they said for the log. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.ManageMessages | PermissionFlagsBits.ReadMessageHistory,
  defer: 'private',
  components: [massCancel('purge', NEEDS), deleteByAlert],
  options: {
    count: integer({ min: 1, max: MOST }),
    user: user({ optional: true }),
    bots: boolean({ optional: true }),
    contains: text({ optional: true, max: 500 }),
    regex: text({ optional: true, max: MOST_LETTERS }),
    links: boolean({ optional: true }),
    files: boolean({ optional: true }),
    before: text({ optional: true, max: LONGEST_BOUND }),
    after: text({ optional: true, max: LONGEST_BOUND }),
    pinned: boolean({ optional: true }),
    reason: REASON,
  },
  async run({ interaction, options, signal }, context) {
    const { count, user: author, regex, before, after, reason, ...plain } = options;
    const now = context.now();
    const byContent = [regex, options.contains, options.links, options.files].some((one) => one !== undefined);
    if (byContent && isBlind(context)) throw new UserError('purge.noContent');
    const pattern = regex === undefined ? undefined : { source: regex, ignoreCase: true };
    if (pattern) await checkPattern(context.workers, pattern, { signal });
    const filter: MessageFilter = {
      ...{ ...plain, channel: interaction.channelId, most: count, user: author?.id, pattern },
      ...{ before: before === undefined ? undefined : readBound(before, now) },
      ...{ after: after === undefined ? undefined : readBound(after, now) },
    };
    const found = await find(filter, context, signal);
    if (found.items.length === 0)
      throw new UserError(found.more ? 'purge.noneRead' : 'purge.none', { count: MOST_READ });
    return await begin(found, interaction, reason, context);
  },
});

/** Whether Discord keeps from the bot what messages say. */
function isBlind({ discord }: Context): boolean {
  return !discord.options.intents.has(GatewayIntentBits.MessageContent);
}

async function find(filter: MessageFilter, context: Context, signal: AbortSignal): Promise<Found> {
  try {
    return await findMessages(filter, context, signal);
  } catch (error) {
    const why = error instanceof DiscordAPIError ? refusalOf(error) : undefined;
    if (!why) throw error;
    throw new UserError(why.key, why.params, { cause: error });
  }
}

async function begin(
  { items, more }: Found,
  { user: actor, guildId, channelId }: ChatInputCommandInteraction,
  reason: string | undefined,
  context: Context,
): Promise<Answer> {
  const spec = { channel: channelId, ...(reason !== undefined && { reason }) };
  const run: MassRun = {
    ...{ id: crypto.randomUUID(), kind: 'purge', guild: guildId ?? '0', actor: actor.id, actorName: actor.username },
    ...{ channel: channelId, createdAt: context.now(), state: 'asked', spec },
    ...{ message: null, case: null, cancelledBy: null, secondedBy: null, why: null, raid: null },
  };
  const { logChannel } = await context.settings.of(run.guild, 'logs');
  // What nobody will be shown is not written down.
  const listed = logChannel ? items : items.map(({ note: _, ...item }) => item);
  if ((await startAtOnce(run, { ...run, spec }, listed, context)) === 'braked') throw new UserError('errors.frozen');
  const kept = logChannel ? (isBlind(context) ? 'purge.keptBlind' : 'purge.kept') : 'purge.notKept';
  return {
    ...say('purge.started', { count: items.length, channel: mention('channel', channelId) }, { tone: 'good' }),
    next: { key: kept, params: { log: logChannel ? mention('channel', logChannel) : '' } },
    ...(more && { also: [say('purge.notAllRead', { count: MOST_READ }, { tone: 'warning' })] }),
  };
}
