import { type Guild, type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { Context } from '../../context.ts';
import { code, list, mention, type Said, t, type Words } from '../../services/answers/words.ts';
import { readBook } from '../../services/automod/rule-book.ts';
import { canSeeInvites } from '../../services/joining/invites-used.ts';
import { Plan } from '../../services/logs/plan.ts';
import { inArea } from '../../services/settings/area-words.ts';
import { goneIn } from '../../services/settings/ids.ts';
import { propertiesOf } from '../../services/settings/property-form.ts';
import { AREA_NAMES, readSnapshot, type Snapshot } from '../../services/settings/snapshot.ts';
import { whatIsOpen } from '../jail-checks.ts';
import type { Registry } from '../registry.ts';
import { missing } from '../rules.ts';
import { brokenWords } from './section-card.ts';

const WRITE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
/** Of commands, or of roles, more are not named. */
const MOST_NAMED = 8;

/** A channel that a setting names and that the bot may not write to. */
export interface Closed {
  readonly channel: GuildBasedChannel;
  readonly words: Said;
  /** Whether the bot can let itself in. */
  readonly mendable: boolean;
}

/** What keeps a server from having all it has set up, a sentence each with how to mend it, the worst first. */
export interface Findings {
  readonly words: readonly Words[];
  /** Whether a channel or a role is named that is gone. */
  readonly gone: boolean;
  readonly closed: readonly Closed[];
  /** Whether there is a jail that does not keep people in it. */
  readonly jail: boolean;
}

export async function findingsIn(
  guild: Guild,
  { registry }: { readonly registry: Registry },
  context: Context,
): Promise<Findings> {
  const [held, book] = await Promise.all([readSnapshot(context.db, guild.id), readBook(guild.id, context)]);
  const jail = await jailWords(held, guild, context);
  const broken = AREA_NAMES.flatMap((area) =>
    brokenWords(area, held[area], guild).map((words) =>
      t('settings.check.broken', { area: t(`settings.names.${area}`), words }),
    ),
  );
  const closed = closedIn(held, guild);
  return {
    words: [
      ...intentWords(context),
      ...permissionWords(guild, registry),
      ...(await inviteWords(guild, context)),
      ...broken,
      ...closed.map(({ words }) => words),
      ...jail,
      ...roleWords(guild),
      ...unsetWords(held, guild, book.rules.length),
    ],
    gone: AREA_NAMES.some((area) => goneIn(area, held[area].value, guild).length > 0),
    closed,
    jail: jail.length > 0,
  };
}

function intentWords({ gateway }: Context): readonly Said[] {
  return gateway.missingIntents.map(({ name, without }) => t('settings.check.intent', { name, without: t(without) }));
}

/** By what the commands themselves say that they need. */
function permissionWords(guild: Guild, registry: Registry): readonly Said[] {
  const held = guild.members.me?.permissions ?? new PermissionsBitField();
  const off = new Map<bigint, string[]>([[PermissionFlagsBits.ViewAuditLog, []]]);
  for (const { name, command } of registry.commands.values())
    for (const bit of bitsOf(command.botNeeds ?? 0n)) off.set(bit, [...(off.get(bit) ?? []), name]);
  return [...off].flatMap(([bit, commands]) => {
    const permissions = held.has(bit) ? undefined : missing(bit, held);
    if (!permissions) return [];
    const named = commands.slice(0, MOST_NAMED).map((name) => code(`/${name}`));
    if (named.length === 0) return [t('settings.check.auditLog', { permissions })];
    return [t('settings.check.permission', { permissions, commands: list(named) })];
  });
}

/** Without the right to it nobody can be told by which invitation people come. */
async function inviteWords(guild: Guild, { settings }: Context): Promise<readonly Said[]> {
  const plan = new Plan(await settings.of(guild.id, 'events'));
  if (plan.channelOf('member-join') === undefined || canSeeInvites(guild)) return [];
  return [t('settings.check.invites', { permission: t('permissions.ManageGuild') })];
}

function bitsOf(bits: bigint): readonly bigint[] {
  return Object.values(PermissionFlagsBits).filter((bit) => (bits & bit) === bit);
}

function closedIn(held: Snapshot, guild: Guild): readonly Closed[] {
  const me = guild.members.me;
  if (!me) return [];
  return AREA_NAMES.flatMap((area) =>
    propertiesOf(area).flatMap((property): readonly Closed[] => {
      const id = held[area].value[property.name];
      const channel =
        property.form.kind === 'channel' && typeof id === 'string' ? guild.channels.cache.get(id) : undefined;
      const may = channel?.permissionsFor(me);
      const permissions = may && missing(WRITE, may);
      if (!channel || !may || !permissions) return [];
      const can = PermissionFlagsBits.ManageRoles | PermissionFlagsBits.ViewChannel;
      const words = t('settings.check.closed', {
        ...{ what: inArea(property), channel: mention('channel', channel.id), permissions },
      });
      return [{ channel, words, mendable: may.has(can) && me.permissions.has(WRITE) }];
    }),
  );
}

async function jailWords(held: Snapshot, guild: Guild, context: Context): Promise<readonly Said[]> {
  const { role, channel } = held.jail.value;
  if (typeof role !== 'string') return [];
  const words = await whatIsOpen(guild, { role, channel: typeof channel === 'string' ? channel : undefined }, context);
  return words.map((one) => t('settings.check.jail', { words: one }));
}

/** Nobody whose role is above the bot's can be timed out or removed by it. */
function roleWords({ roles, members }: Guild): readonly Said[] {
  const own = members.me?.roles.highest;
  const above = own ? [...roles.cache.values()].filter((one) => !one.managed && own.comparePositionTo(one) < 0) : [];
  if (above.length === 0) return [];
  const named = above.slice(0, MOST_NAMED).map(({ id }) => mention('role', id));
  return [t('settings.check.above', { roles: list(named) })];
}

/** What is off because nobody has chosen anything. */
function unsetWords(held: Snapshot, guild: Guild, rules: number): readonly Said[] {
  const there = (id: unknown) => typeof id === 'string' && guild.channels.cache.has(id);
  const log = there(held.logs.value.logChannel);
  const { alertChannel, logChannel } = held.automod.value;
  const quiet = rules > 0 && !log && !there(alertChannel) && !there(logChannel);
  return [
    ...(log ? [] : [t('settings.check.noLog')]),
    ...(Object.keys(Object(held.permissions.value.roles)).length > 0 ? [] : [t('settings.check.noRanks')]),
    ...(quiet ? [t('commands.config.automod.noAlerts')] : []),
    ...(rules === 0 ? [t('settings.check.noRules')] : []),
  ];
}
