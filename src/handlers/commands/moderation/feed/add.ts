import { listOf } from '../../../../config.ts';
import type { Context } from '../../../../context.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { NotAFeedError } from '../../../../services/follows/failure.ts';
import { findFeed, follow } from '../../../../services/follows/follow.ts';
import { inWords } from '../../../../services/outside/in-words.ts';
import { defineCommand } from '../../../define.ts';
import { FOLLOW_OPTIONS, FOLLOW_RULES, followedCard, wantedBy } from '../../../follow-setting.ts';
import { text } from '../../../options.ts';

const LONGEST_ADDRESS = 500;

/** Has a channel follow a feed: RSS, Atom, RDF, JSON Feed, or a web page that names one. */
export default defineCommand({
  ...FOLLOW_RULES,
  defer: 'private',
  cooldown: { uses: 5, seconds: 60 },
  options: { url: text({ max: LONGEST_ADDRESS }), ...FOLLOW_OPTIONS },
  async run({ interaction, options: { url, channel, role }, signal }, context) {
    const address = readAddress(url, context);
    const wanted = wantedBy(interaction, { channel, role });
    const service = new URL(address).host;
    const missing = t('commands.feed.missing', { service });
    const found = await inWords(findFeed(address, { signal }, context), { service, missing, signal }, context).catch(
      (error: unknown) => {
        if (error instanceof NotAFeedError)
          throw new UserError('commands.feed.notAFeed', { service }, { cause: error });
        throw error;
      },
    );
    const followed = await follow(found, { ...wanted, sorts: null }, context);
    const notes = found.address === address ? [] : [t('commands.feed.elsewhere')];
    return followedCard(followed, wanted, { notes });
  },
});

/** The address as it is asked for: https, unless the operator lets that host do without. */
function readAddress(typed: string, { config }: Context): string {
  const trimmed = typed.trim().replace(/^feed:(?:\/\/)?/i, '');
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname.includes('.') || url.username !== '') {
    throw new UserError('commands.feed.notAnAddress');
  }
  const hosts = listOf(config.FEED_HOSTS).map((host) => host.toLowerCase());
  if (!hosts.includes(url.host) && !hosts.includes(url.hostname)) url.protocol = 'https:';
  url.hash = '';
  if (url.href.length > LONGEST_ADDRESS) throw new UserError('commands.feed.notAnAddress');
  return url.href;
}
