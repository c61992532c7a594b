import { Type } from '@sinclair/typebox';
import { type ChatInputCommandInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { withDeadline } from '../../../../lib/deadline.ts';
import { CancelledError, Runs } from '../../../../lib/runs.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { compiledAlone, newReplay, type Replay, replayFile } from '../../../../services/automod/backtest.ts';
import { hitsFile, replayCard } from '../../../../services/automod/backtest-card.ts';
import { placeOf } from '../../../../services/automod/payload.ts';
import { replayChannels } from '../../../../services/automod/replay-channels.ts';
import { MOST_REPLAYED_BYTES } from '../../../../workers/rules/read/limits.ts';
import type { Rule } from '../../../../workers/rules/schema.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { findRule, ruleOption } from '../../../automod/rule-choice.ts';
import { fetchShared, oneRuleIn } from '../../../automod/rules-file.ts';
import { mayIn } from '../../../channel-rights.ts';
import { TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { nowAndThen } from '../../../now-and-then.ts';
import { attachment, channel, integer } from '../../../options.ts';

const DEADLINE_MS = 600_000;
const READ = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
/** Each reads for minutes within Discord's limits. */
const runs = new Runs();
/** Servers that have one under way: each keeps a thread busy. */
const busy = new Set<string>();

type On = Asked<ChatInputCommandInteraction>;

const cancel = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.backtest.cancel',
  version: 1,
  state: Type.Object({ run: Type.String({ maxLength: 8 }) }),
  run({ interaction, state }) {
    const outcome = runs.cancel(state.run, interaction.user.id);
    if (outcome === 'not yours') throw new UserError('errors.notYours');
    if (outcome === 'gone') throw new UserError('automod.backtest.tooLate');
    return undefined; // the run itself says that it was cancelled
  },
});

/** Holds a rule against messages that are there already, or in a file: what it would have hit. Nothing is done about any of them. */
export default defineCommand({
  ...AUTOMOD_RULES,
  cooldown: { uses: 5, seconds: 60 },
  deadlineMs: DEADLINE_MS,
  defer: 'private',
  options: {
    rule: { ...ruleOption(), optional: true },
    json: attachment({ optional: true }),
    days: integer({ optional: true, min: 1, max: 30 }),
    channel: channel({ optional: true, types: TEXT_CHANNELS }),
    messages: attachment({ optional: true }),
  },
  components: [cancel],
  async run(asked, context) {
    const { interaction, options } = asked;
    if (!interaction.guild) throw new UserError('errors.serverOnly');
    const rule = await ruleMeant(options.rule, options.json, asked, context);
    using _place = onePlace(interaction.guild.id);
    using run = runs.begin(interaction.user.id);
    const signal = AbortSignal.any([asked.signal, run.signal]);
    const replay = newReplay();
    using _telling = nowAndThen(() => asked.answer(progressCard(replay, run.id)), signal, context);
    const work = () =>
      replayed(rule, { ...options, guild: interaction.guild as Guild }, replay, { asked, signal }, context); // it is there, as was looked at
    let cancelled = false;
    try {
      await withDeadline('backtest', work, { signal });
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      cancelled = true;
    }
    const file = await hitsFile(replay, interaction.guild.id, context, asked.signal);
    return replayCard(rule, replay, { cancelled, file });
  },
});

/** UserError where the server has a backtest under way already. */
function onePlace(guild: string): Disposable {
  if (busy.has(guild)) throw new UserError('automod.backtest.busy');
  busy.add(guild);
  return { [Symbol.dispose]: () => void busy.delete(guild) };
}

async function ruleMeant(
  which: string | undefined,
  json: Parameters<typeof oneRuleIn>[0] | undefined,
  { interaction, signal }: On,
  context: Context,
): Promise<Rule> {
  if (json !== undefined) return await oneRuleIn(json, signal, context);
  if (which === undefined) throw new UserError('automod.backtest.noRule');
  return await findRule(which, interaction, context);
}

interface Wanted {
  readonly guild: Guild;
  readonly days: number | undefined;
  readonly channel: { readonly id: string } | undefined;
  readonly messages: Parameters<typeof fetchShared>[0] | undefined;
}

async function replayed(
  rule: Rule,
  { guild, days = 1, channel, messages }: Wanted,
  replay: Replay,
  { asked, signal }: { readonly asked: On; readonly signal: AbortSignal },
  context: Context,
): Promise<void> {
  const sent = await compiledAlone(rule, guild.id, context, signal);
  if (messages) {
    const file = await fetchShared(messages, MOST_REPLAYED_BYTES, context, signal);
    const author = { id: asked.interaction.user.id, roles: [], accountMs: 0, joinedMs: 0 };
    const place = placeOf(asked.interaction.channelId, context.discord);
    const as = { text: '', author, channel: place, edited: false, forwarded: false };
    return await replayFile(file, as, sent, replay, context, signal);
  }
  const channels = readableBy(asked, guild, channel?.id);
  if (channels.length === 0) throw new UserError('automod.backtest.noChannel');
  await replayChannels({ guild, channels, days }, { rule, sent }, replay, context, signal);
}

/** Channels that both the bot and whoever asks may read; this one first. */
function readableBy({ interaction }: On, guild: Guild, only: string | undefined): readonly string[] {
  const { me } = guild.members;
  const texts = guild.channels.cache.filter(({ type }) => TEXT_CHANNELS.some((one) => one === type));
  return [...texts.values()]
    .filter((one) => only === undefined || one.id === only)
    .filter((one) => me && one.permissionsFor(me).has(READ) && mayIn(interaction, one.id, READ))
    .map(({ id }) => id)
    .sort((a, b) => Number(b === interaction.channelId) - Number(a === interaction.channelId));
}

function progressCard({ looked, total, sure, perhaps }: Replay, run: string): Answer {
  const text = t(total === undefined ? 'automod.backtest.progress' : 'automod.backtest.progressOf', {
    ...{ count: looked, hits: sure + perhaps },
    total: total ?? 0,
  });
  const button = { label: t('automod.backtest.cancel'), customId: cancel.customId({ run }), style: 'danger' } as const;
  return {
    ...{ tone: 'info', interim: true, visible: 'private' },
    parts: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button] },
    ],
  };
}
