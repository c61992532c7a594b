import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, timestamp } from '../../../../services/answers/words.ts';
import { limitsOf } from '../../../../services/inspector/limits.ts';
import { filesOf } from '../../../../services/inspector/message-files.ts';
import { type Asked, defineCommand, defineComponent, defineMessageMenu } from '../../../define.ts';
import { undoShield } from '../../../shield-guard.ts';

const RULES = { needs: PermissionFlagsBits.ManageMessages, visible: 'private' } as const;
/** What one menu offers. */
const MOST_LISTED = 25;

const remove = defineComponent({
  ...RULES,
  kind: 'text-select',
  id: 'shield.remove',
  version: 1,
  state: Type.Object({}),
  async run({ interaction, values }, context) {
    await context.shield.unblock(interaction.guildId ?? '0', values);
    return panel(interaction.guildId ?? '0', context);
  },
});

const block = defineMessageMenu({
  ...RULES,
  id: 'block-picture',
  deadlineMs: 60_000,
  run: (asked, context) => blockAll(asked, context),
});

/** The pictures this server has blocked; each can be taken off again. */
export default defineCommand({
  ...RULES,
  components: [remove, undoShield],
  menus: [block],
  run: ({ interaction }, context) => panel(interaction.guildId ?? '0', context),
});

/** Blocks every picture of a message; look-alikes are met from the next upload on. */
async function blockAll(
  { interaction, signal }: Asked<BaseInteraction & { readonly targetMessage: Parameters<typeof filesOf>[0] }>,
  context: Context,
): Promise<Answer> {
  const { inspector, settings, shield } = context;
  const guild = interaction.guildId ?? '0';
  const by = interaction.user.id;
  const limits = limitsOf(await settings.of(guild, 'files'));
  const lines = await Promise.all(
    filesOf(interaction.targetMessage).map(async (file) => {
      const { report, sha256 } = await inspector.inspect(file, { ...limits, askedBy: by, signal });
      if (report.hashes.length === 0) return t('shield.block.noPicture', { name: file.name });
      const added = await shield.block({ guild, hashes: report.croppedHashes, sha256, name: file.name, by });
      return t(added ? 'shield.block.added' : 'shield.block.already', { name: file.name });
    }),
  );
  if (lines.length === 0) throw new UserError('inspect.refused.noFiles');
  return { tone: 'good', parts: [{ kind: 'lines', lines }], next: t('shield.block.next') };
}

async function panel(guild: string, { shield }: Context): Promise<Answer> {
  const listed = await shield.list(guild, MOST_LISTED);
  if (listed.length === 0)
    return { tone: 'info', title: t('shield.list.title'), parts: [{ kind: 'text', text: t('shield.list.none') }] };
  const lines = listed.map(({ name, by, at }) =>
    t('shield.list.line', { name, who: mention('user', by), when: timestamp(at) }),
  );
  const options = listed.map(({ id, name }) => ({ value: id, label: name }));
  const parts: Part[] = [
    { kind: 'lines', lines },
    {
      kind: 'select',
      select: { of: 'text', customId: remove.customId({}), placeholder: t('shield.list.remove'), options },
    },
  ];
  return { tone: 'info', title: t('shield.list.title'), parts };
}
