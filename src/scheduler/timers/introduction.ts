import { ChannelType, type Guild, PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { command, type Said, t } from '../../services/answers/words.ts';
import { stepButtons } from '../../services/introduction/buttons.ts';
import { IntroductionPayload } from '../../services/introduction/introduce.ts';
import { whoAdded } from '../../services/introduction/who-added.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { type Delivery, defineTimer } from '../timer.ts';

const DAY_MS = 86_400_000;
const WRITES = P.ViewChannel | P.SendMessages;

/** Introduces the bot to whoever added it to a server, else to the owner; where they take no direct message, in a channel. */
export default defineTimer({
  payload: IntroductionPayload,
  missed: 'skip',
  lateAfterMs: DAY_MS,
  deadlineMs: 30_000,
  async deliver(delivery, context, signal) {
    const { guild = '', owner, payload } = delivery;
    const { name: server, locale } = payload;
    const by = await whoAdded(guild, new Date(payload.joined), context, signal);
    const reader = { i18n: context.i18n, locale };
    const letter = introduction(guild, t(by ? 'introduction.letter' : 'introduction.toOwner', { server }));
    const closed = await writeLetter(by ?? owner, toPayload(letter, reader), delivery.send, context);
    if (closed) {
      context.log.info({ guild, error: closed }, 'whoever added the bot takes no direct message');
      await note(delivery, toPayload(introduction(guild, t('introduction.note')), reader), context);
    }
    return { kind: 'done' };
  },
});

function introduction(guild: string, about: Said): Answer {
  return {
    tone: 'info',
    title: t('introduction.title'),
    parts: [
      { kind: 'text', text: about },
      { kind: 'points', points: [t('introduction.logs'), t('introduction.ranks'), t('introduction.automod')] },
      { kind: 'buttons', buttons: stepButtons(guild) },
    ],
    next: t('introduction.next', { setup: command('config setup'), help: command('help') }),
  };
}

/** In the first channel that takes it: Discord may know better than what is known here. */
async function note({ guild = '', send }: Delivery, message: { readonly body: object }, context: Context) {
  const here = context.discord.guilds.cache.get(guild);
  for (const channel of here ? placesIn(here) : []) {
    try {
      await send(channel, { body: message.body });
      return;
    } catch (error) {
      if (error instanceof UnsureSentError) return;
      if (channelRefusal(error) === undefined) throw error;
    }
  }
  context.log.warn({ guild }, 'the bot could introduce itself nowhere');
}

/** Where the bot may write: where Discord tells of what is new, where it tells moderators, then from the top. */
function placesIn(guild: Guild): readonly string[] {
  const { me } = guild.members;
  const texts = [...guild.channels.cache.values()]
    .filter((channel) => channel.type === ChannelType.GuildText)
    .toSorted((a, b) => a.rawPosition - b.rawPosition);
  const first = [guild.publicUpdatesChannelId, guild.systemChannelId];
  const ids = [...first.flatMap((id) => id ?? []), ...texts.map(({ id }) => id)];
  return [...new Set(ids)].filter((id) => {
    const channel = guild.channels.cache.get(id);
    return me !== null && channel?.permissionsFor(me).has(WRITES) === true;
  });
}
