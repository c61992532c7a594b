import type { Context } from '../../context.ts';
import type { Attached } from '../answers/answer.ts';
import { amount, clip, type Reader, renderPlain, t } from '../answers/words.ts';
import { accountPicture, LONGEST_NAME } from '../cards/account-picture.ts';
import type { CardAccount } from './orders.ts';
import type { Newcomer } from './welcome-text.ts';

type Needs = Pick<Context, 'io' | 'log' | 'workers'>;

interface For {
  readonly server: string;
  readonly reader: Reader;
  readonly signal: AbortSignal;
}

const DRAW_MS = 10_000;
const LONGEST_GREETING = 60;

/** The picture with which somebody is welcomed. Nothing where it cannot be drawn: they are welcomed in words, too. */
export async function welcomeCard(
  { id, name, count, account, picture }: Newcomer & CardAccount,
  { server, reader, signal }: For,
  context: Needs,
): Promise<Attached | undefined> {
  const { log, workers } = context;
  const words = {
    greeting: renderPlain(
      t('joining.card.greeting', { server: clip(server.toWellFormed(), LONGEST_GREETING) }),
      reader,
    ),
    count: renderPlain(t('joining.card.count', { count: amount(count) }), reader),
  };
  const avatar = await accountPicture({ id, url: picture }, context, signal);
  const card = {
    name: clip(name.toWellFormed(), LONGEST_NAME),
    account: clip(account, LONGEST_NAME),
    ...words,
    ...(avatar && { avatar }),
  };
  try {
    const { png } = await workers.offload('drawWelcome', card, {
      signal,
      deadlineMs: DRAW_MS,
      ...(avatar && { transfer: [avatar.buffer] }),
    });
    return { name: 'welcome.png', bytes: png, description: [words.greeting, card.name, words.count].join('. ') };
  } catch (error) {
    if (signal.aborted) throw error;
    log.warn({ error, member: id }, 'the card of a welcome could not be drawn');
    return undefined;
  }
}
