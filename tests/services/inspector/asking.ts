import { readText } from '../../../sandbox/server/verbs/read-text.ts';
import type { TestBot } from '../../bot.ts';

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly url?: string;
}

/**
 * What `/inspect` says of a file in the end. On a busy machine people are told first how far it is, and a refusal, which
 * is for one person alone, then comes as a message of its own. Somebody new asks each time: nobody may as often as this.
 */
export async function wordsOn(bot: TestBot, file: File): Promise<string> {
  const [as = ''] = await bot.discord.join(1);
  const reply = await bot.discord.slash('inspect', { file }, { as, deadlineMs: 30_000 });
  const said = ({ content, followUps }: typeof reply) =>
    followUps.length > 0 || (content !== '' && !content.startsWith('Opening files'));
  const { content, followUps } = await reply.until(said, { deadlineMs: 30_000 });
  const [refusal] = followUps;
  return refusal ? readText(refusal) : content;
}
