import { type BaseInteraction, type GuildMember, PermissionsBitField } from 'discord.js';
import type { Context } from '../context.ts';
import { withDeadline } from '../lib/deadline.ts';
import { UserError } from '../services/answers/user-error.ts';
import type { Words } from '../services/answers/words.ts';
import { type Person, type Ranks, type Standing, standingOf } from '../services/permissions/ranks.ts';
import { AREAS } from '../services/settings/areas.ts';
import type { Rules } from './define.ts';

/** How long a command that is everybody's waits for what the server has settled; after that nothing was. */
const NOT_WORTH_MORE_MS = 100;
const DEADLINE_MS = 5_000;
const NOTHING_SETTLED = AREAS.permissions.mend({}).value;

/** Who asks, with which rank, and what their server has settled. */
export interface Asking {
  readonly person: Person;
  readonly ranks: Ranks;
  readonly standing: Standing;
  /** Discord's permissions of theirs where they ask, with what the channel gives and takes. */
  readonly here: Readonly<PermissionsBitField>;
}

/** Discord's permissions that count by the rules: of one channel where it is about that alone, else of the server. */
export function heldFor({ inChannel }: Pick<Rules, 'inChannel'>, { person, here }: Asking) {
  return inChannel ? here : person.held;
}

/**
 * Whoever asks, in their server, at once where it is known what that has settled; nothing in a direct message. A database
 * that is away must not keep `everybodys` commands from being answered; for all others it is said (DatabaseAwayError), since
 * nobody can know who may use them.
 */
export function askingOf(
  interaction: BaseInteraction,
  context: Context,
  { everybodys = false }: { readonly everybodys?: boolean } = {},
): Promise<Asking> | Asking | undefined {
  const { guildId, member, memberPermissions, guild, user } = interaction;
  if (guildId === null || member === null) return undefined;
  const person = {
    id: user.id,
    guildId,
    ownerId: guild?.ownerId,
    roles: Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()],
    // Of a server that is not known yet nobody knows what its roles give.
    held: 'guild' in member ? member.permissions : new PermissionsBitField(),
    operator: context.gateway.isOwner(user.id),
  };
  const here = memberPermissions ?? new PermissionsBitField();
  const asking = (ranks: Ranks): Asking => ({ person, ranks, here, standing: standingOf(person, ranks) });
  const ranks = ranksOf(guildId, context, everybodys);
  return ranks instanceof Promise ? ranks.then(asking) : asking(ranks);
}

/** The same for somebody else, with their permissions in the channel where the question is put. */
export async function askingFor(
  member: GuildMember,
  { channelId }: BaseInteraction,
  context: Context,
): Promise<Asking> {
  const ranks = await ranksOf(member.guild.id, context, false);
  const person = {
    id: member.id,
    guildId: member.guild.id,
    ownerId: member.guild.ownerId,
    roles: [...member.roles.cache.keys()],
    held: member.permissions,
    operator: context.gateway.isOwner(member.id),
  };
  const channel = channelId === null ? undefined : member.guild.channels.cache.get(channelId);
  const here = channel?.permissionsFor(member) ?? member.permissions;
  return { person, ranks, here, standing: standingOf(person, ranks) };
}

/** UserError for everybody but the owner of the server and who runs the bot; it says what is theirs to change [the brake]. */
export async function mustOwn(
  interaction: BaseInteraction,
  context: Context,
  { what }: { readonly what?: Words } = {},
): Promise<void> {
  const by = (await askingOf(interaction, context))?.standing.by;
  if (by === 'owner' || by === 'operator') return;
  if (what === undefined) throw new UserError('brake.ownersOnly');
  throw new UserError('settings.ownersOnly', { what });
}

function ranksOf(guildId: string, { settings }: Context, everybodys: boolean): Promise<Ranks> | Ranks {
  const known = settings.peek(guildId, 'permissions');
  if (known) return known;
  const read = () => settings.of(guildId, 'permissions');
  if (!everybodys) return withDeadline('permissions', read, { deadlineMs: DEADLINE_MS });
  return withDeadline('permissions', read, { deadlineMs: NOT_WORTH_MORE_MS }).catch(() => NOTHING_SETTLED);
}
