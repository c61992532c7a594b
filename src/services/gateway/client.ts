import { type ClientOptions, Options, type REST, type SweeperOptions } from 'discord.js';
import type { Config } from '../../config.ts';
import { listOf } from '../../config.ts';
import { presenceOf } from '../status/presence.ts';

const MINUTE = 60;

/** Caches that stay bounded whatever the size of the servers: discord.js would keep members and users for ever. */
const makeCache = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  DMMessageManager: 20,
  GuildBanManager: 0,
  // As many as a server can have: by what is there, event logs know what is new and what is gone.
  GuildEmojiManager: 1_000,
  GuildForumThreadManager: 200,
  GuildInviteManager: 0,
  GuildMemberManager: { maxSize: 5_000, keepOverLimit: (member) => member.id === member.client.user.id },
  GuildMessageManager: 50,
  GuildScheduledEventManager: 100,
  GuildStickerManager: 60,
  GuildTextThreadManager: 200,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  UserManager: { maxSize: 20_000, keepOverLimit: (user) => user.id === user.client.user?.id },
});

const sweepers: SweeperOptions = {
  guildMembers: { interval: 60 * MINUTE, filter: () => (member) => member.id !== member.client.user.id },
  messages: { interval: 5 * MINUTE, lifetime: 30 * MINUTE },
  threads: { interval: 60 * MINUTE, lifetime: 240 * MINUTE },
  users: { interval: 60 * MINUTE, filter: () => (user) => user.id !== user.client.user?.id },
};

/** How discord.js is set up. One REST retry: what may be repeated safely is decided where it is sent. */
export function clientOptions(config: Config, intents: number): ClientOptions {
  const { SHARD_COUNT: count } = config;
  const named = listOf(config.SHARDS).map(Number);
  // A count without shards means all of them; discord.js would forget the count and ask Discord.
  const shards = named.length > 0 || count === undefined ? named : Array.from({ length: count }, (_, shard) => shard);
  return {
    intents,
    makeCache,
    sweepers,
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    // A text that stays is said with every new session; figures are the job's.
    ...(['live', 'off'].includes(config.PRESENCE) ? {} : { presence: presenceOf(config.PRESENCE) }),
    rest: restOptions(config),
    shards: shards.length > 0 ? shards : 'auto',
    ...(count !== undefined && { shardCount: count }),
    waitGuildTimeout: 5_000,
  };
}

export function restOptions(config: Config): Partial<REST['options']> {
  return {
    api: config.DISCORD_API_URL,
    cdn: config.DISCORD_CDN_URL,
    version: '10',
    timeout: 15_000,
    retries: 1,
    invalidRequestWarningInterval: 500, // of the 10,000 refused requests in ten minutes that end in a ban
    userAgentAppendix: 'Rockhopper',
  };
}
