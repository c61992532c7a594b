import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { amount, t } from '../../../../services/answers/words.ts';
import { capped, capsOf } from '../../../../services/inspector/limits.ts';
import { FILE_LIMITS, type FileLimit } from '../../../../services/settings/file-limits.ts';
import { defineCommand } from '../../../define.ts';
import { boolean, integer, text } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const SHIELD = ['off', 'flag', 'delete'] as const;

/** One option a limit, with the bounds of the setting itself. */
const limits = Object.fromEntries(
  Object.entries(FILE_LIMITS).map(([name, { minimum, maximum }]) => [
    name,
    integer({ optional: true, min: minimum, max: maximum }),
  ]),
);

/** Shows what files may cost and what is done about blocked pictures, and changes what is named. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: {
    shield: text({ optional: true, choices: SHIELD }),
    sharedLists: boolean({ optional: true }),
    watchUploads: boolean({ optional: true }),
    ...limits,
  },
  async run(asked, context) {
    const patch = Object.fromEntries(Object.entries(asked.options).filter(([, value]) => value !== undefined));
    const changes = Object.keys(patch).length > 0;
    refuseBeyond(patch, context);
    if (changes) await changeArea('files', patch, asked, context);
    return panel(asked.interaction.guildId ?? '', context, changes);
  },
});

/** The operator's memory is not a server's to give away. */
function refuseBeyond(patch: Readonly<Record<string, unknown>>, { config }: Context): void {
  for (const [name, most] of Object.entries(capsOf(config))) {
    if (Number(patch[name] ?? 0) > most)
      throw new UserError('commands.config.files.beyond', {
        what: { command: 'config files', option: name },
        most,
      });
  }
}

async function panel(guildId: string, context: Context, changed: boolean): Promise<Answer> {
  const [set, last] = await Promise.all([context.settings.of(guildId, 'files'), lastChange(guildId, 'files', context)]);
  const settings = capped(set, context.config);
  const onOff = (on: boolean) => t(on ? 'commands.config.files.on' : 'commands.config.files.off');
  const names = Object.keys(FILE_LIMITS) as FileLimit[]; // the keys of that very object
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.config.files.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [
          [t('commands.config.files.shield'), t(`commands.config.files.options.shield.choices.${settings.shield}`)],
          [t('commands.config.files.sharedLists'), onOff(settings.sharedLists)],
          [t('commands.config.files.watchUploads'), onOff(settings.watchUploads)],
        ],
      },
      { kind: 'line' },
      {
        kind: 'fields',
        fields: names.map(
          (name) => [t(`commands.config.files.options.${name}.description`), amount(settings[name])] as const,
        ),
      },
      { kind: 'small', text: last },
    ],
  };
}
