import { type Config, listOf } from '../../config.ts';

const DISCORD_CDN = 'cdn.discordapp.com';

/** The hosts the operator named: `ATTACHMENT_HOSTS`, and the one avatars come from when that is not Discord's own. */
export function attachmentHosts(config: Config): readonly string[] {
  const { host } = new URL(config.DISCORD_CDN_URL);
  return host === DISCORD_CDN ? listOf(config.ATTACHMENT_HOSTS) : [...listOf(config.ATTACHMENT_HOSTS), host];
}
