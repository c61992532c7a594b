import { Type } from '@sinclair/typebox';
import type { Guild } from 'discord.js';
import { type AreaChange, changesWithBefore } from '../../../../db/settings.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { say } from '../../../../services/answers/answer.ts';
import { list, mention, t, timestamp, type Words } from '../../../../services/answers/words.ts';
import { AREAS, type AreaName } from '../../../../services/settings/areas.ts';
import { differenceLines } from '../../../../services/settings/difference.ts';
import { isArea } from '../../../../services/settings/snapshot.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { areaChosen, areaOption } from '../../../settings/area-choice.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';
import { askToGoBack } from '../../../settings/rollback.ts';
import { versionLabel } from '../../../settings/version-label.ts';

const SHOWN = 10;
/** What a preset or a file changes is one entry, of however many sections. */
const READ = 80;

const goBack = defineComponent({
  ...SETTINGS_RULES,
  kind: 'text-select',
  id: 'config.history.goBack',
  version: 1,
  state: Type.Object({ area: Type.String({ maxLength: 32 }) }),
  run: (asked, context) =>
    askToGoBack(
      areaChosen(asked.state.area, context, asked.reader.locale),
      Number(asked.values[0] ?? 0),
      asked,
      context,
    ),
});

/** What was changed in the settings, by whom and when, with what was before; of one section also the way back. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { area: { ...areaOption(), optional: true } },
  components: [goBack],
  async run({ options, interaction, reader }, context) {
    const guild = guildOf(interaction);
    const area = options.area === undefined ? null : areaChosen(options.area, context, reader.locale);
    const changes = await changesWithBefore(context.db, guild.id, { area, limit: area ? SHOWN : READ });
    if (changes.length === 0) return say('settings.history.none');
    return historyCard(changes, area, guild);
  },
});

function historyCard(changes: readonly AreaChange[], area: AreaName | null, guild: Guild): Answer {
  return {
    tone: 'info',
    title: area ? t('settings.history.of', { area: t(`settings.names.${area}`) }) : t('settings.history.title'),
    parts: [
      ...together(changes)
        .slice(0, SHOWN)
        .flatMap((ones) => changePart(ones, guild)),
      ...(area ? [wayBack(area, changes)] : []),
    ],
    ...(area === null && { next: t('settings.history.next') }),
  };
}

/** Those that were stored at once: the moment of a change is that of its transaction. */
function together(changes: readonly AreaChange[]): readonly (readonly AreaChange[])[] {
  return [...Map.groupBy(changes, ({ at, by }) => `${at.toISOString()} ${by}`).values()];
}

function changePart(ones: readonly AreaChange[], guild: Guild): readonly Part[] {
  const known = ones.filter((one) => isArea(one.area)); // others are of a version of the bot that had another section
  const [first] = known;
  if (!first) return [];
  const { at, by } = first;
  const areas = list(known.map(({ area, version }) => t('settings.history.section', { area: nameOf(area), version })));
  const title = t('settings.history.line', {
    areas,
    when: timestamp(at),
    who: by === null ? '-' : mention('user', by),
  });
  return [{ kind: 'lines', title, lines: known.flatMap((one) => linesOf(one, known.length > 1, guild)) }];
}

function nameOf(area: string): Words {
  return isArea(area) ? t(`settings.names.${area}`) : area;
}

function linesOf({ area, version, value, before }: AreaChange, several: boolean, guild: Guild): readonly Words[] {
  if (!isArea(area)) return [];
  const { mend } = AREAS[area];
  const known = before !== null || version === 1;
  const lines = known ? differenceLines(area, mend(before ?? {}).value, mend(value).value, guild) : [];
  if (lines.length > 0) return lines;
  return several && known ? [] : [t(known ? 'settings.history.nothing' : 'settings.history.unknown')];
}

/** The menu of versions before the last, the first of them what holds before anybody changed anything. */
function wayBack(area: AreaName, changes: readonly AreaChange[]): Part {
  const versions = changes
    .slice(1)
    .map((one) => ({ value: String(one.version), label: t('settings.history.version', versionLabel(one)) }));
  const options = [...versions, { value: '0', label: t('settings.history.defaults') }];
  const placeholder = t('settings.history.goBack');
  return { kind: 'select', select: { of: 'text', customId: goBack.customId({ area }), placeholder, options } };
}
