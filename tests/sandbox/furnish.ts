import { isRecord } from '../../sandbox/server/http/form.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { Interaction } from '../../sandbox/server/state/interactions.ts';

/** A local Discord in which there is one of everything that a path can name. */
export interface Furnished extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** By the parameter's name in Discord's description: `webhook_token`, `emoji_name`, ... */
  readonly ids: Readonly<Record<string, string>>;
  readonly thread: string;
  /** Shown by nobody else: an interaction that has been answered. */
  readonly answered: { readonly token: string; readonly message: string };
}

export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const PARTY = {
  name: 'Party',
  scheduled_start_time: '2099-01-01T20:00:00.000Z',
  scheduled_end_time: '2099-01-01T22:00:00.000Z',
  entity_type: 3,
  privacy_level: 2,
  entity_metadata: { location: 'on the ice' },
};

export async function furnish(): Promise<Furnished> {
  await using opened = new AsyncDisposableStack();
  const sandbox = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const { people, channels, roles, guildId } = sandbox;
  const make = async (path: string, body: unknown, method = 'POST') => {
    const made = await sandbox.rest(method, path, { as: 'bot', body });
    return isRecord(made) ? made : {};
  };
  const at = `/channels/${channels.general}/messages`;
  const { id: message } = await make(at, { content: 'here' });
  const { id: other } = await make(at, { content: 'and there' });
  const { id: thread } = await make(`${at}/${other}/threads`, { name: 'talk' });
  await make(`/channels/${thread}/thread-members/${people.member}`, undefined, 'PUT');
  const webhook = await make(`/channels/${channels.general}/webhooks`, { name: 'Hook' });
  const invite = await make(`/channels/${channels.general}/invites`, {});
  const emoji = await make(`/guilds/${guildId}/emojis`, { name: 'rock', image: PIXEL });
  const own = await make(`/applications/${people.bot}/emojis`, { name: 'mine', image: PIXEL });
  const sticker = await sandbox.rest('POST', `/guilds/${guildId}/stickers`, {
    as: 'bot',
    body: { name: 'rocky', tags: 'rock' },
    files: [{ name: 'rock.png', bytes: new Uint8Array([1]) }],
  });
  const event = await make(`/guilds/${guildId}/scheduled-events`, PARTY);
  const role = await make(`/guilds/${guildId}/roles`, { name: 'New' });
  const commands = `/applications/${people.bot}/commands`;
  const command = await make(commands, { name: 'hello', description: 'Says it' });
  await sandbox.react(String(message), '👍', { as: 'bot' });
  await sandbox.react(String(message), '👍', { as: 'member' });
  await make(`${at}/pins/${message}`, undefined, 'PUT');
  await make(`/channels/${channels.general}/permissions/${roles.member}`, { type: 0, allow: '1024' }, 'PUT');
  await sandbox.voice('member', 'lounge');
  await sandbox.voice('bot', 'lounge');
  const open = interact(sandbox, 'open');
  const done = interact(sandbox, 'done');
  const callback = { type: 4, data: { content: 'yes' } };
  await make(`/interactions/${done.id}/${done.token}/callback`, callback);
  const ids = {
    application_id: people.bot,
    guild_id: guildId,
    channel_id: channels.general,
    message_id: message,
    user_id: people.member,
    role_id: role.id,
    overwrite_id: roles.member,
    webhook_id: webhook.id,
    webhook_token: webhook.token,
    interaction_id: open.id,
    interaction_token: open.token,
    command_id: command.id,
    emoji_id: emoji.id,
    own_emoji_id: own.id,
    emoji_name: '👍',
    sticker_id: isRecord(sticker) ? sticker.id : '',
    guild_scheduled_event_id: event.id,
    code: invite.code,
  };
  const owned = opened.move();
  return {
    sandbox,
    ids: Object.fromEntries(Object.entries(ids).map(([key, value]) => [key, String(value)])),
    thread: String(thread),
    answered: { token: done.token, message: done.original ?? '' },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What a member's `/hello` leaves at Discord, as the bot would have been told of it. */
function interact({ state, people, channels, guildId }: Sandbox, token: string): Interaction {
  const interaction = new Interaction({
    id: state.ids.next(),
    token: `sandbox-${token}`,
    type: 2,
    name: 'hello',
    user: people.member,
    channel: channels.general,
    guild: guildId,
    source: undefined,
    menu: false,
  });
  state.addInteraction(interaction);
  return interaction;
}
