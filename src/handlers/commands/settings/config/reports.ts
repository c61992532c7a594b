import { Type } from '@sinclair/typebox';
import { type BaseInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { POSTED, REPORTS_OFF } from '../../../../services/reports/off-button.ts';
import { EVERY_DAY } from '../../../../services/reports/schedule.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { channel, text } from '../../../options.ts';
import { offerReportTime, readReportTime, reportTimeSaid } from '../../../report-time.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';
import { LONGEST_WHEN } from '../../../when-option.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const FIELDS = ['reportChannel', 'statusChannel'] as const;
const Field = Type.Object({ field: Type.Union(FIELDS.map((field) => Type.Literal(field))) });

const pick = defineComponent({
  ...RULES,
  kind: 'select',
  id: 'config.reports.pick',
  version: 1,
  state: Field,
  async run(asked, context) {
    await change({ [asked.state.field]: asked.values[0] }, asked, context);
    return panel(asked.interaction.guild, context, true);
  },
});

const clear = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.reports.clear',
  version: 1,
  state: Field,
  async run(asked, context) {
    await changeArea('reports', { [asked.state.field]: null }, asked, context);
    return panel(asked.interaction.guild, context, true);
  },
});

const defaultTime = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.reports.time',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    await changeArea('reports', { reportTime: null, reportDays: [...EVERY_DAY] }, asked, context);
    return panel(asked.interaction.guild, context, true);
  },
});

/** Stands under what is posted. */
const off = defineComponent({
  ...RULES,
  ...REPORTS_OFF,
  kind: 'button',
  updates: false,
  async run(asked, context) {
    const { what } = asked.state;
    await changeArea('reports', { [POSTED[what]]: null }, asked, context);
    return say(`reports.isOff.${what}`, {}, { tone: 'good' });
  },
});

/** Shows where the daily report and status updates go and when, changes what is named, and offers to pick the rest. */
export default defineCommand({
  ...RULES,
  options: {
    reportChannel: channel({ optional: true, types: TEXT_CHANNELS }),
    reportWhen: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerReportTime }),
    statusChannel: channel({ optional: true, types: TEXT_CHANNELS }),
  },
  components: [pick, clear, defaultTime, off],
  async run(asked, context) {
    const { reportChannel, reportWhen, statusChannel } = asked.options;
    const patch = {
      ...(reportChannel && { reportChannel: reportChannel.id }),
      ...(statusChannel && { statusChannel: statusChannel.id }),
      ...(reportWhen !== undefined && (await readReportTime(reportWhen, asked.interaction.guildId, context))),
    };
    const changes = Object.keys(patch).length > 0;
    if (changes) await change(patch, asked, context);
    return panel(asked.interaction.guild, context, changes);
  },
});

async function change(
  patch: Readonly<Partial<Record<(typeof FIELDS)[number], string | undefined>>>,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  for (const field of FIELDS) {
    const id = patch[field];
    if (id === undefined) continue;
    const files = field === 'reportChannel'; // a report has a picture
    mustBeWritable(id, t(`commands.config.reports.${field}`), asked.interaction.guild, { files, history: true });
  }
  await changeArea('reports', patch, asked, context);
}

async function panel(guild: Guild | null, context: Context, changed: boolean): Promise<Answer> {
  const guildId = guild?.id ?? '';
  const [reports, { timeZone }, last] = await Promise.all([
    context.settings.of(guildId, 'reports'),
    context.settings.of(guildId, 'general'),
    lastChange(guildId, 'reports', context),
  ]);
  const chosen = FIELDS.filter((field) => reports[field]);
  const buttons = chosen.map(
    (field) => ({ label: t(`commands.config.reports.clear.${field}`), customId: clear.customId({ field }) }) as const,
  );
  const resets =
    reports.reportTime === undefined
      ? []
      : [{ label: t('commands.config.reports.defaultTime'), customId: defaultTime.customId({}) }];
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.config.reports.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [
          [t('commands.config.reports.reportChannel'), channelShown(reports.reportChannel, guild)],
          [t('commands.config.reports.reportWhen'), reportTimeSaid(reports, timeZone)],
          [t('commands.config.reports.statusChannel'), channelShown(reports.statusChannel, guild)],
        ],
      },
      ...FIELDS.map((field) => pickerOf(field, reports[field], guild)),
      ...(buttons.length + resets.length > 0 ? [{ kind: 'buttons', buttons: [...buttons, ...resets] } as const] : []),
      { kind: 'small', text: last },
    ],
  };
}

function pickerOf(field: (typeof FIELDS)[number], chosen: string | undefined, guild: Guild | null): Part {
  const there = chosen !== undefined && guild?.channels.cache.has(chosen) ? [chosen] : [];
  return {
    kind: 'select',
    select: {
      of: 'channel',
      customId: pick.customId({ field }),
      placeholder: t(`commands.config.reports.pick.${field}`),
      chosen: there,
      channelTypes: TEXT_CHANNELS,
    },
  };
}
