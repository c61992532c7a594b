import { UserError } from '../../../services/answers/user-error.ts';
import { t, unlinkedIn } from '../../../services/answers/words.ts';
import { limitSaid } from '../../../services/inspector/card.ts';
import { limitsOf } from '../../../services/inspector/limits.ts';
import { shownName } from '../../../services/inspector/shown-name.ts';
import { defineCommand } from '../../define.ts';
import { attachment, text } from '../../options.ts';

/** Draws one column of a table, or one over another, in a worker; what the picture shows is said in words too. */
export default defineCommand({
  options: {
    file: attachment(),
    column: text({ max: 200 }),
    over: text({ optional: true, max: 200 }),
    sheet: text({ optional: true, max: 200 }),
  },
  deadlineMs: 60_000,
  cooldown: { uses: 4, seconds: 10 },
  async run(
    { interaction, options: { file, column, over, sheet }, signal },
    { config, i18n, inspector, settings, workers },
  ) {
    const { download, limits } = limitsOf(await settings.of(interaction.guildId ?? '0', 'files'), config);
    using fetched = await inspector.fetch(file, { download, signal });
    const { bytes, sha256 } = fetched;
    const columns = over === undefined ? [column] : [over, column]; // across, then up
    const asked = { bytes, name: file.name, columns, limits, ...(sheet !== undefined && { sheet }) };
    const drawn = await inspector.safely([{ sha256, name: file.name }], () =>
      workers.offload('drawChart', asked, { signal, transfer: [bytes.buffer] }),
    );
    if (drawn.kind === 'refused') throw new UserError(`inspect.charts.refused.${drawn.code}`, unlinkedIn(drawn.params));
    const said = drawn.alt.map(({ code, params }) => t(`inspect.charts.alt.${code}`, unlinkedIn(params)));
    const alt = drawn.alt
      .map(({ code, params }) => i18n.t(`inspect.charts.alt.${code}`, params, interaction.locale))
      .join(' ');
    return {
      tone: 'info',
      title: shownName(file.name),
      parts: [
        { kind: 'lines', lines: said },
        ...drawn.limits.map(
          (hit) => ({ kind: 'small', text: t('inspect.limitHit', { why: limitSaid(hit) }) }) as const,
        ),
      ],
      pictures: [{ name: 'chart.png', bytes: drawn.png, description: alt }],
    };
  },
});
