import { type Guild, GuildPremiumTier } from 'discord.js';

const MEBIBYTE = 1_024 * 1_024;
const LIMITS: Readonly<Record<GuildPremiumTier, number>> = {
  [GuildPremiumTier.None]: 10 * MEBIBYTE,
  [GuildPremiumTier.Tier1]: 10 * MEBIBYTE,
  [GuildPremiumTier.Tier2]: 50 * MEBIBYTE,
  [GuildPremiumTier.Tier3]: 100 * MEBIBYTE,
};

/** The largest file that Discord takes from a bot in this server, or in private. Bytes. */
export function uploadLimitOf(guild: Pick<Guild, 'premiumTier'> | null): number {
  return LIMITS[guild?.premiumTier ?? GuildPremiumTier.None];
}
