import type { Guild } from 'discord.js';
import type { Part } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import type { AreaName } from '../../../../services/settings/areas.ts';
import type { NamedId } from '../../../../services/settings/ids.ts';
import { onlyKnown } from '../../../../services/settings/only-known.ts';
import { readSettingsFile } from '../../../../services/settings/read-settings-file.ts';
import { MOST_SETTINGS_BYTES } from '../../../../services/settings/settings-file.ts';
import { AREA_NAMES, readSnapshot } from '../../../../services/settings/snapshot.ts';
import type { Rule } from '../../../../workers/rules/schema.ts';
import { fetchShared } from '../../../automod/rules-file.ts';
import { defineCommand } from '../../../define.ts';
import { attachment } from '../../../options.ts';
import { leftOut } from '../../../settings/left-out.ts';
import { askAbout, type Plan } from '../../../settings/plan.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';

/** Takes settings out of a file of `/config export`: what would change is shown first, and all of it is stored by one press, or nothing. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { file: attachment() },
  async run(asked, context) {
    const { options, interaction, signal } = asked;
    const guild = guildOf(interaction);
    const bytes = await fetchShared(options.file, MOST_SETTINGS_BYTES, context, signal);
    const read = await readSettingsFile(bytes, context, signal);
    const [held, book] = await Promise.all([readSnapshot(context.db, guild.id), readBook(guild.id, context)]);
    const areas: Plan['areas'] = [];
    const unknown: { readonly area: AreaName; readonly ids: readonly NamedId[] }[] = [];
    for (const area of AREA_NAMES) {
      const given = read.areas[area];
      if (!given) continue;
      const known = onlyKnown(area, held[area].value, given, guild);
      areas.push({ area, version: held[area].version, value: { ...known.value } });
      unknown.push({ area, ids: known.unknown });
    }
    const { rules, elsewhere } = ownAlerts(read.rules ?? [], guild);
    const notes = [...fromElsewhere(read.server, guild), ...leftOut(unknown), ...alertsMoved(elsewhere)];
    const withRules = read.rules && { rules: { how: 'replace' as const, version: book.version, rules: [...rules] } };
    const plan: Plan = { guild: guild.id, why: 'import', areas, ...withRules };
    return await askAbout(plan, notes, asked, context);
  },
});

function fromElsewhere(server: string | null, { id }: Guild): readonly Part[] {
  return server === null || server === id ? [] : [{ kind: 'text', text: t('settings.import.elsewhere') }];
}

/** Alerts in channels that the server does not have go where alerts go that name none. */
function ownAlerts(rules: readonly Rule[], { channels }: Guild) {
  const elsewhere: string[] = [];
  const own = rules.map((rule) => ({
    ...rule,
    actions: rule.actions.map((action) => {
      if (action.do !== 'alert' || action.channel === undefined || channels.cache.has(action.channel)) return action;
      elsewhere.push(rule.name);
      const { channel: _, ...rest } = action;
      return rest;
    }),
  }));
  return { rules: own, elsewhere };
}

function alertsMoved(names: readonly string[]): readonly Part[] {
  return names.length === 0 ? [] : [{ kind: 'text', text: t('settings.import.alerts', { names: { list: names } }) }];
}
