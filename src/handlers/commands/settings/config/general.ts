import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { LANGUAGES } from '../../../../lib/languages.ts';
import { sayZone } from '../../../../lib/time/offsets.ts';
import { zoneMeant } from '../../../../lib/time/zones.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { type Said, t } from '../../../../services/answers/words.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { fieldOf } from '../../../find.ts';
import { text } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';
import { clockIn, offerZones } from '../../../zone-option.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const NO_STATE = Type.Object({});

const language = defineComponent({
  ...RULES,
  kind: 'text-select',
  id: 'config.general.language',
  version: 1,
  state: NO_STATE,
  async run(asked, context) {
    await changeArea('general', { language: asked.values[0] }, asked, context);
    return panel(asked.interaction.guildId ?? '', context, true);
  },
});

const zoneForm = defineComponent({
  ...RULES,
  kind: 'form',
  id: 'config.general.zone',
  version: 1,
  state: NO_STATE,
  updates: true,
  async run(asked, context) {
    await changeArea('general', { timeZone: asZone(fieldOf(asked.interaction, 'zone')) }, asked, context);
    return panel(asked.interaction.guildId ?? '', context, true);
  },
});

const editZone = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.general.edit',
  version: 1,
  state: NO_STATE,
  opensForm: true,
  async run({ interaction, openForm }, { settings }) {
    const { timeZone } = await settings.of(interaction.guildId ?? '', 'general');
    const field = { id: 'zone', label: t('commands.config.general.formField'), value: sayZone(timeZone), max: 64 };
    await openForm({ customId: zoneForm.customId({}), title: t('commands.config.general.formTitle'), fields: [field] });
  },
});

/** Shows the general settings, changes those named, and offers to change the rest. */
export default defineCommand({
  ...RULES,
  options: {
    language: text({ optional: true, choices: LANGUAGES }),
    timeZone: text({ optional: true, max: 64, autocomplete: offerZones }),
  },
  components: [language, zoneForm, editZone],
  async run(asked, context) {
    const { language, timeZone } = asked.options;
    const patch = {
      ...(language !== undefined && { language }),
      ...(timeZone !== undefined && { timeZone: asZone(timeZone) }),
    };
    const changes = Object.keys(patch).length > 0;
    if (changes) await changeArea('general', patch, asked, context);
    return panel(asked.interaction.guildId ?? '', context, changes);
  },
});

async function panel(guildId: string, context: Context, changed: boolean): Promise<Answer> {
  const [settings, change] = await Promise.all([
    context.settings.of(guildId, 'general'),
    lastChange(guildId, 'general', context),
  ]);
  const options = LANGUAGES.map((value) => ({
    value,
    label: t(`commands.config.general.options.language.choices.${value}`),
    selected: value === settings.language,
  }));
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.config.general.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [
          [
            t('commands.config.general.language'),
            t(`commands.config.general.options.language.choices.${settings.language}`),
          ],
          [t('commands.config.general.timeZone'), zoneAndClock(settings.timeZone, context.now())],
        ],
      },
      {
        kind: 'select',
        select: {
          of: 'text',
          customId: language.customId({}),
          placeholder: t('commands.config.general.pickLanguage'),
          options,
        },
      },
      { kind: 'buttons', buttons: [{ label: t('commands.config.general.edit'), customId: editZone.customId({}) }] },
      { kind: 'small', text: change },
    ],
  };
}

/** With what its clocks show: whoever picked the wrong one sees it. */
function zoneAndClock(zone: string, now: Date): Said {
  return t('commands.config.general.clock', { zone: sayZone(zone), clock: clockIn(zone, now) });
}

/** The zone that is meant by a city or a letter code; what means none is kept, to be answered as it was typed. */
function asZone(typed: string): string {
  return zoneMeant(typed) ?? typed.trim();
}
