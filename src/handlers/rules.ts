import { type BaseInteraction, PermissionsBitField } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, t, type Words } from '../services/answers/words.ts';
import { allows, type Demand, demandOf, discordDecides } from '../services/permissions/ranks.ts';
import { rankWords } from '../services/permissions/words.ts';
import type { Rules } from './define.ts';
import { type Asking, askingOf, heldFor } from './standing.ts';

const DEFAULT_COOLDOWN = { uses: 5, seconds: 10 } as const;
/** Above this many people the oldest are forgotten: a cooldown is worth no unbounded memory. */
const MOST_REMEMBERED = 20_000;

/** Rules with what they are the rules of: the name by which a server sets a rank for it. Nothing for what nobody is kept from. */
export interface Guarded {
  readonly rules: Rules;
  readonly what: string | undefined;
}

/**
 * Refuses, in words that say what is missing, whoever may not do this here. At once where it is known what the server has
 * settled, so that a command is under way before the message is seen that its author writes right after it.
 */
export function checkAllowed(
  { rules, what }: Guarded,
  interaction: BaseInteraction,
  context: Context,
): Promise<void> | undefined {
  if (rules.ownersOnly && !context.gateway.isOwner(interaction.user.id)) throw new UserError('errors.ownersOnly');
  if (rules.where !== 'anywhere' && !interaction.inGuild()) throw new UserError('errors.serverOnly');
  const asking = what === undefined ? undefined : askingOf(interaction, context, { everybodys: !rules.needs });
  if (asking instanceof Promise) return asking.then((one) => checkAsking(one, { rules, what }, interaction));
  checkAsking(asking, { rules, what }, interaction);
  return undefined;
}

function checkAsking(asking: Asking | undefined, { rules, what }: Guarded, interaction: BaseInteraction): void {
  if (rules.needs && !asking) throw new UserError('errors.serverOnly');
  if (asking && what !== undefined) checkRank(asking, demandOf(what, rules.needs, asking.ranks), rules);
  const botLacks = missing(rules.botNeeds, interaction.appPermissions);
  if (botLacks) throw new UserError('errors.botLacks', { permissions: botLacks });
}

/** Whether a member would be let through, without the sentence. For lists such as `/help`; `asking` is nobody in a direct message. */
export function mayUse(
  { rules, what }: Guarded,
  interaction: BaseInteraction,
  asking: Asking | undefined,
  { gateway }: Pick<Context, 'gateway'>,
): boolean {
  if (rules.ownersOnly && !gateway.isOwner(interaction.user.id)) return false;
  if (!asking) return rules.where === 'anywhere' && !rules.needs;
  const held = heldFor(rules, asking);
  return what === undefined || allows(asking.standing, demandOf(what, rules.needs, asking.ranks), { held });
}

function checkRank(asking: Asking, demand: Demand, rules: Rules): void {
  const { standing } = asking;
  const held = heldFor(rules, asking);
  if (allows(standing, demand, { held })) return;
  if (standing.by === 'frozen') throw new UserError('errors.frozen');
  const lacking = missing(demand.needs, held);
  if (discordDecides(standing, demand) && lacking) throw new UserError('errors.notAllowed', { permissions: lacking });
  throw new UserError('errors.rankTooLow', { needed: rankWords(demand.rank), own: rankWords(standing.rank) });
}

/** The permissions that are needed and not held, by the names Discord shows; nothing when none is missing. */
export function missing(needed: bigint | undefined, held: Readonly<PermissionsBitField> | null): Words | undefined {
  if (needed === undefined) return undefined;
  const lacking = held ? held.missing(needed) : new PermissionsBitField(needed).toArray();
  return lacking.length === 0 ? undefined : list(lacking.map((name) => t(`permissions.${name}`)));
}

/** Counts uses per person and command in sliding windows. */
export class Cooldowns {
  readonly #uses = new Map<string, number[]>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Records one use, or refuses it with when to try again. */
  use(what: string, who: string, { uses, seconds } = DEFAULT_COOLDOWN as NonNullable<Rules['cooldown']>): void {
    const key = `${what}:${who}`;
    const now = this.#now().getTime();
    const recent = (this.#uses.get(key) ?? []).filter((at) => at > now - seconds * 1_000);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= uses) {
      throw new UserError('errors.cooldown', { count: Math.ceil((oldest + seconds * 1_000 - now) / 1_000) });
    }
    this.#uses.delete(key); // and set anew, so that the map stays in order of last use
    this.#uses.set(key, [...recent, now]);
    if (this.#uses.size > MOST_REMEMBERED) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#uses.keys().next().value;
    if (oldest !== undefined) this.#uses.delete(oldest);
  }
}
