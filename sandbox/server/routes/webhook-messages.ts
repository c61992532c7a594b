import { type APIMessage, ChannelType } from 'discord-api-types/v10';
import { ApiError, unknown } from '../api-error.ts';
import { type Call, openRoute } from '../http/define-route.ts';
import { readMessage, refuseEmpty } from '../messages/body.ts';
import { createReply, editReply, LOADING } from '../replies.ts';
import { timeOf } from '../snowflake.ts';
import type { Channel } from '../state/channels.ts';
import { createMessage } from '../state/create-message.ts';
import { deleteMessage } from '../state/edit-message.ts';
import type { Interaction } from '../state/interactions.ts';
import { startThread } from '../state/threads.ts';
import type { Webhook } from '../state/webhooks.ts';
import { readTags } from './thread-edits.ts';

type By<P extends string = never> = Call<'webhook_id' | 'webhook_token' | P>;

const TOKEN_LIFE = 15 * 60_000;

/** The interaction whose token this is; its answers can be written for 15 minutes, once it has been acknowledged. */
function interactionOf({ state, params }: By): Interaction | undefined {
  const interaction = state.interactionsByToken.get(params.webhook_token);
  if (!interaction) return undefined;
  if (params.webhook_id !== state.application.id) throw unknown('webhook');
  if (state.now() - timeOf(interaction.id) > TOKEN_LIFE) throw new ApiError(401, 50027, 'Invalid Webhook Token');
  if (!interaction.answer) throw unknown('webhook');
  return interaction;
}

function webhookOf({ state, params }: By): Webhook {
  const webhook = state.webhooks.get(params.webhook_id);
  if (!webhook) throw unknown('webhook');
  if (webhook.token !== params.webhook_token) throw new ApiError(401, 50027, 'Invalid Webhook Token');
  return webhook;
}

function execute(call: By): APIMessage | undefined {
  const interaction = interactionOf(call);
  if (interaction) return followUp(call, interaction);
  const { state, body, files, query } = call;
  const webhook = webhookOf(call);
  const place = state.channel(query.get('thread_id') ?? webhook.channel);
  const channel = isForum(place) ? startPost(call, webhook, place) : place;
  const message = readMessage(body, { files });
  refuseEmpty(message);
  const author = {
    ...state.bot,
    id: webhook.id,
    bot: true,
    username: body.text('username', { min: 1, max: 80 }) ?? webhook.name,
    avatar: webhook.avatar,
    discriminator: '0000',
  };
  const extra = { webhook_id: webhook.id };
  // A post and its first message share their id.
  const first = channel !== place && { at: { id: channel.id, time: state.now() }, announce: true };
  const created = createMessage(state, { ...message, channel, author, extra, ...first });
  return query.get('wait') === 'true' ? created : undefined;
}

function isForum({ type }: Channel): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

/** In a forum a webhook begins a post of its own. */
function startPost({ state, body }: By, webhook: Webhook, forum: Channel): Channel {
  const name = body.text('thread_name', { min: 1, max: 100 });
  if (name === undefined) {
    throw new ApiError(400, 220_001, 'Webhooks posted to forum channels must have a thread_name or thread_id');
  }
  return startThread(state, forum, {
    id: state.ids.next(),
    type: ChannelType.PublicThread,
    owner: webhook.id,
    name,
    autoArchive: forum.default_auto_archive_duration ?? 4_320,
    rateLimit: forum.default_thread_rate_limit_per_user ?? 0,
    tags: readTags(body, forum),
    invitable: undefined,
  });
}

/** The first follow-up after a deferral fills the deferred answer. */
function followUp({ state, body, files }: By, interaction: Interaction): APIMessage {
  const message = readMessage(body, { files, ephemeral: true });
  refuseEmpty(message);
  const original = state.messages.get(interaction.original ?? '');
  if (interaction.owed && interaction.answer?.kind === 'deferred' && original) {
    interaction.owed = false;
    const edited = editReply(state, original, message);
    interaction.changed();
    return edited;
  }
  const before = interaction.ephemeral;
  interaction.ephemeral = (message.flags & 64) !== 0;
  const created = createReply(state, interaction, message);
  interaction.ephemeral = before;
  interaction.owed = false;
  interaction.followUps.push(created.id);
  interaction.changed();
  return created;
}

function messageOf(call: By, id: string): { interaction: Interaction | undefined; message: APIMessage } {
  const interaction = interactionOf(call);
  const wanted = id === '@original' ? interaction?.original : id;
  const message = call.state.messages.get(wanted ?? '');
  const owner = message?.webhook_id ?? message?.author.id;
  const mine = interaction ? owner === call.state.bot.id : owner === webhookOf(call).id;
  if (!message || !mine) throw unknown('message');
  return { interaction, message };
}

function get(call: By, id: string): APIMessage {
  return messageOf(call, id).message;
}

function edit(call: By, id: string): APIMessage {
  const { interaction, message } = messageOf(call, id);
  const { state, body, files } = call;
  const flags = (message.flags ?? 0) & ~LOADING;
  const changes = readMessage(body, { files, flags });
  refuseEmpty({
    content: changes.content ?? message.content,
    embeds: changes.embeds ?? message.embeds,
    components: changes.components ?? message.components ?? [],
    files: changes.files,
    attachments: changes.kept ?? message.attachments,
  });
  const edited = editReply(state, message, changes);
  if (interaction && message.id === interaction.original) interaction.owed = false;
  interaction?.changed();
  return edited;
}

function remove(call: By, id: string): undefined {
  const { interaction, message } = messageOf(call, id);
  deleteMessage(call.state, message, call.state.channel(message.channel_id));
  if (interaction && message.id === interaction.original) {
    interaction.originalGone = true;
    interaction.owed = false;
  }
  interaction?.changed();
}

const ORIGINAL = '@original';

export const webhookMessageRoutes = [
  openRoute('POST', '/webhooks/{webhook_id}/{webhook_token}', execute),
  openRoute('GET', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', (call) => get(call, ORIGINAL)),
  openRoute('PATCH', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', (call) => edit(call, ORIGINAL)),
  openRoute('DELETE', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', (call) => remove(call, ORIGINAL)),
  openRoute('GET', '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (call) =>
    get(call, call.params.message_id),
  ),
  openRoute('PATCH', '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (call) =>
    edit(call, call.params.message_id),
  ),
  openRoute('DELETE', '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (call) =>
    remove(call, call.params.message_id),
  ),
];
