import type { ClientEvents } from 'discord.js';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Context } from '../context.ts';
import type { Knowledge, LoggedPackets, LogKind, Making } from '../services/logs/kind.ts';
import { KIND_NAMES, KINDS, type KindName } from '../services/logs/kinds.ts';
import { defineEvent, definePacket, type EventHandler, type PacketHandler } from './define.ts';

type Make<Event> = (event: Event, known: Knowledge) => Making;

/** Hears for the event logs whatever any of their kinds is told by, and of the audit log who did it. */
export function logEvents(): Readonly<Record<string, EventHandler | PacketHandler>> {
  const kinds = KIND_NAMES.map((name) => [name, KINDS[name]] as const);
  const events = namesIn<keyof ClientEvents>(kinds.map(([, { on = {} }]) => on));
  const packets = namesIn<keyof LoggedPackets>(kinds.map(([, kind]) => kind.packets ?? {}));
  return Object.fromEntries([
    ...events.map((event) => [`log ${event}`, onEvent(event, kinds)] as const),
    ...packets.map((packet) => [`log ${packet}`, onPacket(packet, kinds)] as const),
    ['log audit', audited] as const,
    ['log joined', joined] as const,
  ]);
}

type Named = readonly (readonly [KindName, LogKind])[];

function namesIn<Name extends string>(makers: readonly object[]): readonly Name[] {
  return [...new Set(makers.flatMap((one) => Object.keys(one)))] as Name[]; // the names of those very objects
}

function onEvent<E extends keyof ClientEvents>(on: E, kinds: Named): EventHandler {
  const makers = kinds.flatMap(([name, kind]) => {
    const make: Make<ClientEvents[E]> | undefined = kind.on?.[on];
    return make ? [{ name, make }] : [];
  });
  return defineEvent({
    on,
    run(context: Context, ...event: ClientEvents[E]) {
      const guild = guildOf(event);
      if (guild === undefined) return;
      for (const { name, make } of makers) context.eventLogs.heard(name, guild, (known) => make(event, known));
    },
  });
}

function onPacket<P extends keyof LoggedPackets>(packet: P, kinds: Named): PacketHandler {
  const makers = kinds.flatMap(([name, kind]) => {
    const make: Make<LoggedPackets[P]> | undefined = kind.packets?.[packet];
    return make ? [{ name, make }] : [];
  });
  return {
    packet,
    run(context: Context, data: never) {
      const event: LoggedPackets[P] = data;
      const { guild_id: guild } = event;
      if (guild === undefined) return;
      for (const { name, make } of makers) context.eventLogs.heard(name, guild, (known) => make(event, known));
    },
  };
}

const audited = definePacket({
  packet: GatewayDispatchEvents.GuildAuditLogEntryCreate,
  run({ discord, eventLogs }, entry) {
    const guild = discord.guilds.cache.get(entry.guild_id);
    if (guild) eventLogs.audited(guild, entry);
  },
});

const joined = definePacket({
  packet: GatewayDispatchEvents.GuildMemberAdd,
  run({ eventLogs }, member) {
    eventLogs.joined(member.guild_id, member);
  },
});

/** The server of what an event of discord.js comes with: a server, or something in one. */
function guildOf(event: readonly unknown[]): string | undefined {
  for (const one of event) {
    if (typeof one !== 'object' || one === null) continue;
    if ('guildId' in one && typeof one.guildId === 'string') return one.guildId;
    if ('guild' in one && typeof one.guild === 'object' && one.guild !== null && 'id' in one.guild)
      return String(one.guild.id);
    if ('ownerId' in one && 'id' in one) return String(one.id);
  }
  return undefined;
}
