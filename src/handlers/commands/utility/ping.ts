import type { Context } from '../../../context.ts';
import { withDeadline } from '../../../lib/deadline.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { t, type Words } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';

/** Each part has this long; one that hangs is said to, and holds nothing up. */
const PART_LIMIT_MS = 2_000;
/** Most of the time all are there by then, and one edit shows them. */
const TOGETHER_MS = 250;
const PARTS = ['gateway', 'rest', 'database', 'worker'] as const;
type Part = (typeof PARTS)[number];

/** Answers at once, then edits each round trip in as it is measured. The first answer is the ack. */
export default defineCommand({
  where: 'anywhere',
  async run({ answer, signal }, context) {
    const shown = new Map<Part, Words>();
    await answer(panel(shown));
    const measured = PARTS.map(async (part) => {
      shown.set(part, await measure(part, context, signal));
    });
    const soon = Promise.withResolvers<void>();
    const timer = setTimeout(soon.resolve, TOGETHER_MS);
    await Promise.race([Promise.all(measured), soon.promise]);
    clearTimeout(timer);
    // Parts that come in while an edit is under way go into the next one together.
    let edit = Promise.resolve();
    let waiting = false;
    const update = () => {
      if (waiting) return edit;
      waiting = true;
      edit = edit.then(() => {
        waiting = false;
        return answer(panel(shown));
      });
      return edit;
    };
    await Promise.all(measured.map((one) => one.then(update)));
  },
});

function panel(shown: ReadonlyMap<Part, Words>): Answer {
  const fields = PARTS.map(
    (part) => [t(`commands.ping.parts.${part}`), shown.get(part) ?? t('commands.ping.measuring')] as const,
  );
  return {
    tone: shown.size < PARTS.length ? 'info' : 'good',
    title: t('commands.ping.title'),
    parts: [{ kind: 'fields', fields }],
  };
}

async function measure(part: Part, context: Context, signal: AbortSignal): Promise<Words> {
  try {
    const ms = await withDeadline(part, (stop) => roundTrip(part, context, stop), {
      signal,
      deadlineMs: PART_LIMIT_MS,
    });
    return ms === undefined ? t('commands.ping.noHeartbeat') : t('commands.ping.milliseconds', { ms: ms.toFixed(1) });
  } catch (error) {
    context.log.warn({ error, part }, 'a part did not answer a ping');
    return t('commands.ping.failed');
  }
}

async function roundTrip(part: Part, { gateway, database, workers }: Context, signal: AbortSignal) {
  if (part === 'gateway') return gateway.pingMs;
  if (part === 'database') return database.ping({ signal });
  if (part === 'rest') return gateway.restPing.measure();
  const began = performance.now();
  await workers.offload('echo', 'ping', { signal });
  return performance.now() - began;
}
