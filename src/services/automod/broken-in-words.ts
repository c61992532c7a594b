import type { Context } from '../../context.ts';
import type { Said } from '../answers/words.ts';
import { ruleProblemInWords } from './problem-in-words.ts';

/** What the thread that compiled a server's rules could not use of one of them, once it has compiled the newest. */
export async function brokenInWords(
  guild: string,
  id: string,
  { rules }: Pick<Context, 'rules'>,
): Promise<readonly Said[]> {
  const { rules: compiled } = await rules.settled(guild);
  return (compiled?.broken ?? []).filter((one) => one.id === id).map(({ problem }) => ruleProblemInWords(problem));
}
