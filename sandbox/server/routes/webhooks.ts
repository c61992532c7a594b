import { randomBytes } from 'node:crypto';
import { ApiError, unknown } from '../api-error.ts';
import { type Call, openRoute, route } from '../http/define-route.ts';
import type { Form } from '../http/form.ts';
import { requireGuild, requireIn } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import type { State } from '../state/state.ts';
import { hashOf } from '../state/users.ts';
import type { Webhook } from '../state/webhooks.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

const MOST = 15;

/** The token is shown to those who may manage the webhook; who holds the token already knows it. */
function view(state: State, webhook: Webhook, withUser = true): object {
  const { id, token, guild, channel, name, avatar, creator } = webhook;
  return {
    id,
    type: 1,
    application_id: creator === state.bot.id ? state.application.id : null,
    guild_id: guild,
    channel_id: channel,
    name,
    avatar,
    token,
    url: `${state.baseUrl}/api/webhooks/${id}/${token}`,
    ...(withUser && { user: state.user(creator) }),
  };
}

function tell(state: State, { guild, channel }: { guild: Id; channel: Id }): void {
  state.emit({ t: 'WEBHOOKS_UPDATE', d: { guild_id: guild, channel_id: channel }, channel, guild });
}

/** Neither Discord nor its old helper can be impersonated. */
function readName(body: Form): string | undefined {
  const name = body.text('name', { min: 1, max: 80 });
  const taken = /clyde|discord/i.exec(name ?? '')?.[0];
  if (taken === undefined) return name;
  const message = `Username cannot contain "${taken.toLowerCase()}"`;
  return body.fail('name', 'USERNAME_INVALID_CONTAINS', message);
}

function create(call: Call<'channel_id'>): object {
  const { state, actor, params, body } = call;
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor, 'ManageWebhooks');
  if (channel.guild_id === undefined) throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  const here = [...state.webhooks.values()].filter((webhook) => webhook.channel === channel.id);
  if (here.length >= MOST) throw new ApiError(400, 30007, `Maximum number of webhooks reached (${MOST})`);
  const avatar = body.text('avatar', { max: 10_000_000 });
  const webhook: Webhook = {
    id: state.ids.next(),
    token: randomBytes(51).toString('base64url'),
    guild: channel.guild_id,
    channel: channel.id,
    creator: actor,
    name: readName(body) ?? body.needText('name'),
    avatar: avatar === undefined ? null : hashOf(avatar),
  };
  state.webhooks.set(webhook.id, webhook);
  tell(state, webhook);
  const changes = Object.entries(audited(webhook)).map(([key, value]) => ({ key, new_value: value }));
  record(call, state.guild(webhook.guild), { action_type: AUDIT.webhookCreate, target_id: webhook.id, changes });
  return view(state, webhook);
}

/** What the audit log tells of a webhook. */
function audited({ name, channel, avatar }: Webhook) {
  return { type: 1, name, channel_id: channel, ...(avatar !== null && { avatar_hash: avatar }) };
}

/** By token (open routes), or by the right to manage webhooks. */
function webhookOf({ state, actor, params }: Call<'webhook_id'>, token?: string): Webhook {
  const webhook = state.webhooks.get(params.webhook_id);
  if (!webhook) throw unknown('webhook');
  if (token === undefined) requireGuild(state, state.guild(webhook.guild), actor, 'ManageWebhooks');
  else if (token !== webhook.token) throw new ApiError(401, 50027, 'Invalid Webhook Token');
  return webhook;
}

function edit(call: Call<'webhook_id'>, token?: string): object {
  const { state, body } = call;
  const before = webhookOf(call, token);
  const avatar = body.nullableText('avatar', { max: 10_000_000 });
  const channel = token === undefined ? body.id('channel_id') : undefined;
  const name = readName(body);
  const after: Webhook = {
    ...before,
    ...(name !== undefined && { name }),
    ...(channel !== undefined && { channel: state.channel(channel).id }),
    ...(avatar !== undefined && { avatar: avatar === null ? null : hashOf(avatar) }),
  };
  state.webhooks.set(after.id, after);
  tell(state, after);
  if (token === undefined) {
    const changes = changesOf(audited(before), audited(after), ['name', 'channel_id', 'avatar_hash']);
    record(call, state.guild(after.guild), { action_type: AUDIT.webhookUpdate, target_id: after.id, changes });
  }
  return view(state, after, token === undefined);
}

function remove(call: Call<'webhook_id'>, token?: string): undefined {
  const webhook = webhookOf(call, token);
  call.state.webhooks.delete(webhook.id);
  tell(call.state, webhook);
  const guild = call.state.guild(webhook.guild);
  if (token !== undefined) return;
  const changes = Object.entries(audited(webhook)).map(([key, value]) => ({ key, old_value: value }));
  record(call, guild, { action_type: AUDIT.webhookDelete, target_id: webhook.id, changes });
}

function ofChannel({ state, actor, params }: Call<'channel_id'>): object[] {
  requireIn(state, state.channel(params.channel_id), actor, 'ManageWebhooks');
  return [...state.webhooks.values()]
    .filter(({ channel }) => channel === params.channel_id)
    .map((one) => view(state, one));
}

function ofGuild(call: Call<'guild_id'>): object[] {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageWebhooks');
  return [...call.state.webhooks.values()].filter((one) => one.guild === guild.id).map((one) => view(call.state, one));
}

export const webhookRoutes = [
  route('POST', '/channels/{channel_id}/webhooks', create),
  route('GET', '/channels/{channel_id}/webhooks', ofChannel),
  route('GET', '/guilds/{guild_id}/webhooks', ofGuild),
  route('GET', '/webhooks/{webhook_id}', (call) => view(call.state, webhookOf(call))),
  route('PATCH', '/webhooks/{webhook_id}', (call) => edit(call)),
  route('DELETE', '/webhooks/{webhook_id}', (call) => remove(call)),
  openRoute('GET', '/webhooks/{webhook_id}/{webhook_token}', (call) =>
    view(call.state, webhookOf(call, call.params.webhook_token), false),
  ),
  openRoute('PATCH', '/webhooks/{webhook_id}/{webhook_token}', (call) => edit(call, call.params.webhook_token)),
  openRoute('DELETE', '/webhooks/{webhook_id}/{webhook_token}', (call) => remove(call, call.params.webhook_token)),
];
