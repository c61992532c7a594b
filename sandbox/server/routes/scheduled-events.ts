import {
  GuildScheduledEventEntityType as Kind,
  GuildScheduledEventPrivacyLevel as Privacy,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { ApiError } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { type Form, present } from '../http/form.ts';
import { requireGuild } from '../permissions.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import type { Guild, ScheduledEvent } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

const TOLD = ['name', 'description', 'channel_id', 'entity_type', 'status', 'privacy_level'] as const;

function tell(state: State, what: 'CREATE' | 'UPDATE' | 'DELETE', event: ScheduledEvent): void {
  state.emit({ t: `GUILD_SCHEDULED_EVENT_${what}`, d: event, guild: event.guild_id });
}

/** What both a new event and a changed one may name. */
function read(body: Form) {
  return present({
    name: body.text('name', { min: 1, max: 100 }),
    description: body.nullableText('description', { max: 1_000 }),
    channel_id: body.nullableId('channel_id'),
    scheduled_start_time: body.time('scheduled_start_time') ?? undefined,
    scheduled_end_time: body.time('scheduled_end_time'),
    entity_type: body.oneOf('entity_type', [Kind.StageInstance, Kind.Voice, Kind.External]),
    status: body.oneOf('status', [Status.Scheduled, Status.Active, Status.Completed, Status.Canceled]),
  });
}

/** An event elsewhere says where and until when; any other, in which channel. */
function check(body: Form, event: ScheduledEvent): void {
  if (event.entity_type !== Kind.External) {
    if (event.channel_id === null) body.required('channel_id');
    return;
  }
  if (event.entity_metadata === null) body.required('entity_metadata');
  if (event.scheduled_end_time === null) body.required('scheduled_end_time');
}

function placeIn(body: Form): { readonly entity_metadata?: { readonly location: string } } {
  const location = body.child('entity_metadata')?.text('location', { min: 1, max: 100 });
  return location === undefined ? {} : { entity_metadata: { location } };
}

function create(call: In): ScheduledEvent {
  const { state, actor, body } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageEvents');
  const start = body.time('scheduled_start_time');
  if (!start) body.required('scheduled_start_time');
  const event: ScheduledEvent = {
    id: state.ids.next(),
    guild_id: guild.id,
    channel_id: null,
    creator_id: actor,
    creator: state.user(actor),
    name: body.needText('name', { min: 1, max: 100 }),
    description: null,
    scheduled_start_time: start ?? '',
    scheduled_end_time: null,
    privacy_level: Privacy.GuildOnly,
    status: Status.Scheduled,
    entity_type: Kind.External,
    entity_id: null,
    entity_metadata: null,
    image: null,
    recurrence_rule: null,
    guild_scheduled_event_exceptions: [],
    ...read(body),
    ...placeIn(body),
  };
  check(body, event);
  guild.scheduledEvents.set(event.id, event);
  tell(state, 'CREATE', event);
  const changes = TOLD.map((key) => ({ key, new_value: event[key] }));
  record(call, guild, { action_type: AUDIT.eventCreate, target_id: event.id, changes });
  return event;
}

function found(guild: Guild, id: string): ScheduledEvent {
  const event = guild.scheduledEvents.get(id);
  if (!event) throw new ApiError(404, 10070, 'Unknown Guild Scheduled Event');
  return event;
}

function edit(call: In<'guild_scheduled_event_id'>): ScheduledEvent {
  const { state, actor, body, params } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageEvents');
  const before = found(guild, params.guild_scheduled_event_id);
  const after: ScheduledEvent = { ...before, ...read(body), ...placeIn(body) };
  check(body, after);
  guild.scheduledEvents.set(after.id, after);
  tell(state, 'UPDATE', after);
  record(call, guild, { action_type: AUDIT.eventUpdate, target_id: after.id, changes: changesOf(before, after, TOLD) });
  return after;
}

function remove(call: In<'guild_scheduled_event_id'>): undefined {
  const { state, actor, params } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageEvents');
  const event = found(guild, params.guild_scheduled_event_id);
  guild.scheduledEvents.delete(event.id);
  tell(state, 'DELETE', event);
  const changes = TOLD.map((key) => ({ key, old_value: event[key] }));
  record(call, guild, { action_type: AUDIT.eventDelete, target_id: event.id, changes });
}

export const scheduledEventRoutes = [
  route('GET', '/guilds/{guild_id}/scheduled-events', (call) => [...guildOf(call).scheduledEvents.values()]),
  route('POST', '/guilds/{guild_id}/scheduled-events', create),
  route('GET', '/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}', (call) =>
    found(guildOf(call), call.params.guild_scheduled_event_id),
  ),
  route('PATCH', '/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}', edit),
  route('DELETE', '/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}', remove),
];
