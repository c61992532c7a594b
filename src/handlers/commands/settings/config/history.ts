import { Type } from '@sinclair/typebox';
import type { Guild } from 'discord.js';
import { type AreaChange, changesWithBefore } from '../../../../db/settings.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { say } from '../../../../services/answers/answer.ts';
import { mention, t, timestamp } from '../../../../services/answers/words.ts';
import { AREAS, type AreaName } from '../../../../services/settings/areas.ts';
import { differenceLines } from '../../../../services/settings/difference.ts';
import { isArea } from '../../../../services/settings/snapshot.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { areaChosen, areaOption } from '../../../settings/area-choice.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';
import { askToGoBack } from '../../../settings/rollback.ts';
import { versionLabel } from '../../../settings/version-label.ts';

const SHOWN = 10;

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
    const changes = await changesWithBefore(context.db, guild.id, { area, limit: SHOWN });
    if (changes.length === 0) return say('settings.history.none');
    return historyCard(changes, area, guild);
  },
});

function historyCard(changes: readonly AreaChange[], area: AreaName | null, guild: Guild): Answer {
  return {
    tone: 'info',
    title: area ? t('settings.history.of', { area: t(`settings.names.${area}`) }) : t('settings.history.title'),
    parts: [...changes.flatMap((one) => changePart(one, guild)), ...(area ? [wayBack(area, changes)] : [])],
    ...(area === null && { next: t('settings.history.next') }),
  };
}

function changePart({ area, version, at, by, value, before }: AreaChange, guild: Guild): readonly Part[] {
  if (!isArea(area)) return []; // of a version of the bot that had another section
  const who = by === null ? '-' : mention('user', by);
  const title = t('settings.history.line', { area: t(`settings.names.${area}`), version, when: timestamp(at), who });
  const { mend } = AREAS[area];
  const known = before !== null || version === 1;
  const lines = known ? differenceLines(area, mend(before ?? {}).value, mend(value).value, guild) : [];
  const nothing = t(known ? 'settings.history.nothing' : 'settings.history.unknown');
  return [{ kind: 'lines', title, lines: lines.length > 0 ? lines : [nothing] }];
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
