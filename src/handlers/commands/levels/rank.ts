import type { BaseInteraction, User } from 'discord.js';
import type { Context } from '../../../context.ts';
import { placeOfMember } from '../../../db/member-points.ts';
import type { Answer, Attached } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { amount, clip, type Reader, renderPlain, t } from '../../../services/answers/words.ts';
import { accountPicture, CARD_AVATAR, LONGEST_NAME } from '../../../services/cards/account-picture.ts';
import { progressOf } from '../../../services/levels/curve.ts';
import { defineCommand } from '../../define.ts';
import { user } from '../../options.ts';

/** Which level somebody has, on a card and in words. */
export default defineCommand({
  options: { member: user({ optional: true }) },
  deadlineMs: 60_000,
  cooldown: { uses: 4, seconds: 10 },
  async run({ interaction, options, reader, signal }, context): Promise<Answer> {
    const { guildId, user } = interaction;
    const who = options.member ?? user;
    const { on } = await context.settings.of(guildId ?? '0', 'levels');
    if (!on) throw new UserError('levels.off');
    if (who.bot) throw new UserError('commands.rank.bot', { who: who.username });
    const name = nameOf(who, interaction);
    const place = await placeOfMember(context.db, guildId ?? '0', who.id);
    if (!place) throw new UserError(who.id === user.id ? 'commands.rank.noneYet' : 'commands.rank.none', { who: name });
    const said = wordsOf(name, place);
    const picture = await draw(who, said, { reader, signal }, context);
    const { line, level, left } = said;
    return {
      tone: 'info',
      title: name,
      parts: [{ kind: 'lines', lines: [level, line, left] }],
      ...(picture && { pictures: [picture] }),
    };
  },
});

type Said = ReturnType<typeof wordsOf>;

function wordsOf(
  name: string,
  { points, place, people }: Exclude<Awaited<ReturnType<typeof placeOfMember>>, undefined>,
) {
  const { level, done, of } = progressOf(points);
  return {
    name,
    share: of === 0 ? 1 : done / of,
    level: t('commands.rank.level', { level }),
    line: t('commands.rank.place', { place: amount(place), people: amount(people), points: amount(points) }),
    place: t('commands.rank.placeShort', { place: amount(place), people: amount(people) }),
    left:
      of === 0
        ? t('commands.rank.highest')
        : t('commands.rank.left', { done: amount(done), of: amount(of), next: level + 1 }),
  };
}

/** Nothing where it cannot be drawn: all it shows is said in words, too. */
async function draw(
  who: User,
  said: Said,
  { reader, signal }: { readonly reader: Reader; readonly signal: AbortSignal },
  context: Context,
): Promise<Attached | undefined> {
  const { workers, log } = context;
  const words = (of: 'level' | 'line' | 'left' | 'place') => renderPlain(said[of], reader);
  const avatar = await accountPicture({ id: who.id, url: who.displayAvatarURL(CARD_AVATAR) }, context, signal);
  const card = {
    name: clip(said.name.toWellFormed(), LONGEST_NAME),
    account: clip(who.username, LONGEST_NAME),
    level: words('level'),
    place: words('place'),
    points: words('left'),
    share: said.share,
    ...(avatar && { avatar }),
  };
  try {
    const { png } = await workers.offload('drawRank', card, { signal, ...(avatar && { transfer: [avatar.buffer] }) });
    const description = [said.name, words('level'), words('line'), words('left')].join('. ');
    return { name: 'rank.png', bytes: png, description };
  } catch (error) {
    if (signal.aborted) throw error;
    log.warn({ error, member: who.id }, 'the card of a level could not be drawn');
    return undefined;
  }
}

/** As they are called in this server, where that is known. */
function nameOf(who: User, { guild }: BaseInteraction): string {
  return guild?.members.cache.get(who.id)?.displayName ?? who.displayName;
}
