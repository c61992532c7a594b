import type { Context } from '../../context.ts';
import { t } from '../answers/words.ts';
import { tellServerLog } from '../logs/server-log.ts';
import type { Standing } from './rules.ts';

const DEADLINE_MS = 30_000;

/** Tells a server in its log that its newest rules do not hold. That it cannot be told keeps nobody from anything. */
export function tellOfStuck(guild: string, { rules }: Standing, context: Context): void {
  const { inFlight, log } = context;
  const tell = () =>
    tellServerLog(context, guild, {
      tone: 'warning',
      title: t('automod.stuck.title'),
      parts: [{ kind: 'text', text: t(rules ? 'automod.stuck.older' : 'automod.stuck.none') }],
      next: t('automod.stuck.next'),
    });
  inFlight.track('telling of rules that do not hold', tell, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.info({ guild, error }, 'nobody could be told that rules do not hold');
  });
}
