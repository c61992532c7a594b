import type { Part as AnswerPart } from '../../services/answers/answer.ts';
import { render, t } from '../../services/answers/words.ts';
import { defineJob } from '../job.ts';

/** Looks at every part of the bot and tells the log and the owners' channels when one has changed. In each process, because each has a loop, a gateway and a pool of its own. */
export default defineJob({
  every: '5m',
  deadlineMs: 30_000,
  runs: 'each',
  async run({ health, i18n, report, log }, signal) {
    const { ok, parts, changed } = await health.check(signal);
    if (changed.length === 0) return;
    for (const part of changed) {
      const { ok: well, seen: said } = parts[part];
      const seen = render(said, { i18n, locale: 'en' });
      if (well) log.info({ part, seen }, 'a part of the bot is well again');
      else log.warn({ part, seen }, 'a part of the bot is in trouble');
    }
    const lines = changed.map((part) =>
      t(parts[part].ok ? 'health.ok' : 'health.bad', { part: t(`health.parts.${part}`), seen: parts[part].seen }),
    );
    const body: readonly AnswerPart[] = [
      { kind: 'text', text: t('health.changed') },
      { kind: 'lines', lines },
    ];
    await report('health.changed', {}, { tone: ok ? 'good' : 'bad', parts: body });
  },
});
