import { type Furnished, PARTY, PIXEL } from './furnish.ts';

/** A request that the local Discord carries out: what differs from the path with the furnished ids and no body. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether the body is a form with a file in it. */
  readonly file?: boolean;
  /** What has to be done first, as the bot. */
  readonly before?: readonly [method: string, path: string, body?: unknown][];
}

const text = { content: 'said' };
const WHO = { name: 'Who', type: 2 };
const HELLO = {
  name: 'other',
  description: 'Does other things',
  name_localizations: { de: 'anderes' },
  options: [
    { type: 3, name: 'text', description: 'Text', required: true, choices: [{ name: 'A', value: 'a' }] },
    { type: 4, name: 'number', description: 'Number', min_value: 0, autocomplete: true },
    { type: 7, name: 'channel', description: 'Channel', channel_types: [0] },
  ],
};

/** By route; those that are not named work as they are. */
export function examplesOf({ sandbox, ids, thread, answered }: Furnished): Readonly<Record<string, Example>> {
  const { people, channels, guildId, roles } = sandbox;
  const guild = `/guilds/${guildId}`;
  const guildCommand = `/applications/${people.bot}/guilds/${guildId}/commands`;
  const original = { webhook_id: people.bot, webhook_token: answered.token };
  const ofHook = { webhook_id: people.bot, webhook_token: answered.token, message_id: answered.message };
  const inThread = { channel_id: thread };
  const own = { emoji_id: ids.own_emoji_id ?? '' };
  const banned: Example['before'] = [['PUT', `${guild}/bans/${people.newcomer}`]];
  const ban = { params: { user_id: people.newcomer } };
  return {
    'PUT /guilds/{guild_id}/bans/{user_id}': { ...ban, body: { delete_message_seconds: 60 } },
    'GET /guilds/{guild_id}/bans/{user_id}': { ...ban, before: banned },
    'DELETE /guilds/{guild_id}/bans/{user_id}': { ...ban, before: banned },
    'GET /guilds/{guild_id}/bans': { query: { limit: '5' }, before: banned },
    'POST /guilds/{guild_id}/bulk-ban': { body: { user_ids: [people.newcomer, people.owner] } },
    'POST /guilds/{guild_id}/channels': {
      body: {
        name: 'new forum',
        type: 15,
        parent_id: channels.community,
        available_tags: [{ name: 'tag', emoji_name: '👍' }],
        default_reaction_emoji: { emoji_name: '👍' },
        permission_overwrites: [{ id: guildId, type: 0, deny: '2048' }],
      },
    },
    'PATCH /guilds/{guild_id}/channels': { body: [{ id: channels.random, position: 9, parent_id: null }] },
    'PATCH /channels/{channel_id}': { body: { topic: 'new', rate_limit_per_user: 5, nsfw: true } },
    'POST /applications/{application_id}/commands': { body: HELLO },
    'PUT /applications/{application_id}/commands': { body: [HELLO, WHO] },
    'PATCH /applications/{application_id}/commands/{command_id}': { body: { description: 'Changed' } },
    'GET /applications/{application_id}/commands': { query: { with_localizations: 'true' } },
    'POST /applications/{application_id}/guilds/{guild_id}/commands': { body: HELLO },
    'PUT /applications/{application_id}/guilds/{guild_id}/commands': { body: [HELLO] },
    ...Object.fromEntries(
      ['GET', 'PATCH', 'DELETE'].map((method): [string, Example] => [
        `${method} /applications/{application_id}/guilds/{guild_id}/commands/{command_id}`,
        {
          before: [['PUT', guildCommand, [HELLO]]],
          params: { command_id: 'LAST' },
          ...(method === 'PATCH' && { body: { description: 'Changed' } }),
        },
      ]),
    ),
    'POST /guilds/{guild_id}/emojis': { body: { name: 'more', image: PIXEL } },
    'PATCH /guilds/{guild_id}/emojis/{emoji_id}': { body: { name: 'renamed' } },
    'PATCH /guilds/{guild_id}/stickers/{sticker_id}': { body: { name: 'renamed' } },
    'POST /guilds/{guild_id}/stickers': {
      body: { name: 'more', tags: 'rock', description: 'of rocks' },
      file: true,
    },
    'POST /guilds/{guild_id}/scheduled-events': { body: PARTY },
    'PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}': { body: { name: 'Dance' } },
    'POST /applications/{application_id}/emojis': { body: { name: 'more', image: PIXEL } },
    'GET /applications/{application_id}/emojis/{emoji_id}': { params: own },
    'PATCH /applications/{application_id}/emojis/{emoji_id}': { params: own, body: { name: 'renamed' } },
    'DELETE /applications/{application_id}/emojis/{emoji_id}': { params: own },
    'PATCH /guilds/{guild_id}': { body: { name: 'Another', afk_timeout: 60, system_channel_id: null } },
    'GET /guilds/{guild_id}': { query: { with_counts: 'true' } },
    'POST /interactions/{interaction_id}/{interaction_token}/callback': {
      query: { with_response: 'true' },
      body: { type: 4, data: { content: 'yes', flags: 64 } },
    },
    'POST /channels/{channel_id}/invites': { body: { max_age: 60, max_uses: 1, unique: true } },
    'GET /invites/{code}': { query: { with_counts: 'true' } },
    'GET /guilds/{guild_id}/members': { query: { limit: '3' } },
    'GET /guilds/{guild_id}/members/search': { query: { query: 'chin', limit: '3' } },
    'PATCH /guilds/{guild_id}/members/@me': { body: { nick: 'Rocky' } },
    'PATCH /guilds/{guild_id}/members/{user_id}': {
      body: { nick: 'Nick', roles: [ids.role_id], mute: true, communication_disabled_until: inAnHour() },
    },
    'POST /channels/{channel_id}/messages': { body: { ...text, nonce: '1', enforce_nonce: true } },
    'GET /channels/{channel_id}/messages': { query: { limit: '3', before: ids.message_id ?? '' } },
    'PATCH /channels/{channel_id}/messages/{message_id}': { body: { content: 'edited' } },
    'POST /channels/{channel_id}/messages/bulk-delete': { body: { messages: [ids.message_id, thread] } },
    'POST /channels/{channel_id}/messages/{message_id}/crosspost': {
      before: [['PATCH', `/channels/${channels.general}`, { type: 5 }]],
    },
    'PUT /channels/{channel_id}/permissions/{overwrite_id}': { body: { type: 0, deny: '2048' } },
    'PUT /guilds/{guild_id}/incident-actions': {
      body: { invites_disabled_until: null },
    },
    'GET /guilds/{guild_id}/prune': { query: { days: '1' } },
    'POST /guilds/{guild_id}/prune': { body: { days: 1, compute_prune_count: true } },
    'POST /guilds/{guild_id}/roles': { body: { name: 'More', color: 5, permissions: '2048', hoist: true } },
    'PATCH /guilds/{guild_id}/roles': { body: [{ id: ids.role_id, position: 2 }] },
    'PATCH /guilds/{guild_id}/roles/{role_id}': { body: { mentionable: true } },
    'POST /channels/{channel_id}/threads': {
      params: { channel_id: channels.ideas },
      body: { name: 'idea', message: { content: 'what if' } },
    },
    'POST /channels/{channel_id}/messages/{message_id}/threads': { body: { name: 'from this' } },
    'GET /channels/{channel_id}/threads/archived/public': {
      before: [['PATCH', `/channels/${thread}`, { archived: true }]],
    },
    'GET /channels/{channel_id}/thread-members': { params: inThread, query: { with_member: 'true' } },
    'PUT /channels/{channel_id}/thread-members/@me': { params: inThread },
    'DELETE /channels/{channel_id}/thread-members/@me': { params: inThread },
    'GET /channels/{channel_id}/thread-members/{user_id}': { params: inThread },
    'PUT /channels/{channel_id}/thread-members/{user_id}': { params: { ...inThread, user_id: people.newcomer } },
    'DELETE /channels/{channel_id}/thread-members/{user_id}': { params: inThread },
    'PATCH /users/@me': { body: { username: 'Rocky' } },
    'POST /users/@me/channels': { body: { recipient_id: people.member } },
    'PATCH /guilds/{guild_id}/voice-states/@me': { body: { suppress: true } },
    'PATCH /guilds/{guild_id}/voice-states/{user_id}': { body: { suppress: true } },
    'POST /webhooks/{webhook_id}/{webhook_token}': { query: { wait: 'true' }, body: { ...text, username: 'Other' } },
    ...Object.fromEntries(
      ['GET', 'PATCH', 'DELETE'].flatMap((method): [string, Example][] => {
        const body = method === 'PATCH' && { body: { content: 'edited' } };
        const path = `${method} /webhooks/{webhook_id}/{webhook_token}/messages`;
        return [
          [`${path}/@original`, { params: original, ...body }],
          [`${path}/{message_id}`, { params: ofHook, ...body }],
        ];
      }),
    ),
    'POST /channels/{channel_id}/webhooks': { body: { name: 'More' } },
    'PATCH /webhooks/{webhook_id}': { body: { name: 'Renamed', channel_id: channels.random } },
    'PATCH /webhooks/{webhook_id}/{webhook_token}': { body: { name: 'Renamed' } },
    'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}': { params: { role_id: roles.member } },
    'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}': { params: { role_id: roles.member } },
  };
}

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}
