import { randomBytes } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { WAIT_MS } from '../journal.ts';
import { bitsOf, channelPermissions, has } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import type { Channel } from '../state/channels.ts';
import { Interaction } from '../state/interactions.ts';
import { LiveReply, type Reply, waitFor } from './reply.ts';
import { type By, channelOf, personId, type World } from './world.ts';

export interface InteractOptions extends By {
  /** The person's language. Default en-US. */
  readonly locale?: string;
  /** Skip what Discord's client and server check before the bot is told. */
  readonly unchecked?: boolean;
  /** Resolve on the first callback, a deferral included. Default: on an answer. */
  readonly settle?: 'ack' | 'answer';
  /** In milliseconds. Default 30,000. */
  readonly deadlineMs?: number;
}

export interface ToSend {
  readonly type: number;
  readonly name: string;
  readonly data: object;
  readonly source?: APIMessage;
  readonly menu?: boolean;
}

const ATTACHMENT_LIMIT = 10 * 1024 * 1024;

/** Tells the bot of an interaction and waits for what it answers. */
export async function sendInteraction(world: World, o: InteractOptions, send: ToSend): Promise<Reply> {
  const { state, gateway } = world;
  const user = personId(world, o.as);
  const channel = send.source ? state.channel(send.source.channel_id) : channelOf(world, o.channel, user);
  const guild = channel.guild_id;
  if (!o.unchecked && guild !== undefined) refuseOutsider(world, channel, user, send.name);
  if (!gateway.reaches(guild)) throw new SandboxError(`no bot is connected: nobody can answer ${send.name}`);
  const id = state.ids.next();
  const interaction = new Interaction({
    id,
    token: Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString('base64url'),
    type: send.type,
    name: send.name,
    user,
    channel: channel.id,
    guild,
    source: send.source,
    menu: send.menu ?? false,
  });
  state.addInteraction(interaction);
  const d = payloadOf(world, interaction, channel, o.locale ?? 'en-US', send);
  interaction.writtenAt = performance.now();
  state.emit({ t: 'INTERACTION_CREATE', d, channel: channel.id, ...(guild !== undefined && { guild }) });
  tellWhenFailed(world, interaction);
  return settled(world, interaction, o);
}

const ANSWER_WITHIN = 3_000;

/** The page says "The application did not respond" to whoever asked. */
function tellWhenFailed({ state }: World, interaction: Interaction): void {
  const timer = setTimeout(() => {
    const { id, name, channel, user } = interaction;
    const d = { id, name, channel_id: channel, user_id: user };
    state.emit({ t: 'SANDBOX_INTERACTION_FAILED', d, reader: user, pageOnly: true });
  }, ANSWER_WITHIN);
  timer.unref();
  const unwatch = interaction.watch(() => {
    clearTimeout(timer);
    unwatch();
  });
}

function refuseOutsider({ state }: World, channel: Channel, user: Id, name: string): void {
  const needed = bitsOf('ViewChannel', 'UseApplicationCommands');
  if (has(channelPermissions(state, channel, user), needed)) return;
  throw new SandboxError(
    `${state.user(user).username} may not use ${name} in #${channel.name} (no access, no permission, or in timeout)`,
  );
}

function payloadOf(world: World, interaction: Interaction, channel: Channel, locale: string, send: ToSend): object {
  const { state } = world;
  const guild = state.guildOf(channel);
  const user = state.user(interaction.user);
  const member = guild?.members.get(user.id);
  const permissions = String(channelPermissions(state, channel, user.id));
  const { source } = send;
  return {
    id: interaction.id,
    application_id: state.application.id,
    type: send.type,
    version: 1,
    token: interaction.token,
    data: send.data,
    channel_id: channel.id,
    channel: { ...state.channelView(channel), permissions },
    ...(guild && {
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.settings.preferred_locale, features: guild.settings.features },
    }),
    ...(guild && { guild_locale: guild.settings.preferred_locale }),
    ...(member ? { member: { ...state.memberView(member), permissions } } : { user }),
    ...(source && { message: state.messages.get(source.id) ?? source }),
    locale,
    app_permissions: String(channelPermissions(state, channel, state.bot.id)),
    entitlements: [],
    authorizing_integration_owners: guild ? { 0: guild.id } : { 1: user.id },
    context: guild ? 0 : 1,
    attachment_size_limit: ATTACHMENT_LIMIT,
  };
}

function settled({ state }: World, interaction: Interaction, o: InteractOptions): Promise<Reply> {
  const deadlineMs = o.deadlineMs ?? WAIT_MS;
  const reply = new LiveReply(state, interaction);
  const ask = (): Reply | undefined => {
    if (!interaction.answer) return undefined;
    // A bot that takes its deferral away, since its answer is for one person alone, sends that right after.
    const settled = interaction.originalGone ? interaction.followUps.length > 0 : !interaction.owed;
    return o.settle === 'ack' || settled ? reply : undefined;
  };
  return waitFor(interaction, ask, deadlineMs, () =>
    interaction.answer
      ? `${interaction.name} was deferred after ${Math.round(interaction.ackMs ?? 0)} ms, but not answered within ${deadlineMs} ms`
      : `${interaction.name} got no answer within ${deadlineMs} ms`,
  );
}
