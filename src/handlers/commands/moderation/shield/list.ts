import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { mention, t, timestamp, unlinked } from '../../../../services/answers/words.ts';
import { limitsOf } from '../../../../services/inspector/limits.ts';
import { filesOf } from '../../../../services/inspector/message-files.ts';
import { MOST_BLOCKED } from '../../../../services/shield/shield.ts';
import type { Report } from '../../../../workers/inspect/report.ts';
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

const page = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'shield.page',
  version: 1,
  state: Type.Object({ from: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }),
  run: ({ interaction, state }, context) => panel(interaction.guildId ?? '0', context, state.from),
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
  components: [remove, page, undoShield],
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
  const limits = limitsOf(await settings.of(guild, 'files'), context.config);
  const blocked = await Promise.all(
    filesOf(interaction.targetMessage).map(async (file) => {
      const { report, sha256 } = await inspector.inspect(file, { ...limits, askedBy: by, signal });
      const name = unlinked(file.name);
      if (report.hashes.length === 0) return { line: t(`shield.block.${unfit(report)}`, { name }) };
      const outcome = await shield.block({ guild, hashes: report.croppedHashes, sha256, name: file.name, by });
      const line = t(`shield.block.${outcome}`, { name, most: MOST_BLOCKED });
      return { fits: outcome !== 'full', line };
    }),
  );
  const lines = blocked.map(({ line }) => line);
  if (!blocked.some(({ fits }) => fits)) return { tone: 'warning', parts: [{ kind: 'lines', lines }] };
  return { tone: 'good', parts: [{ kind: 'lines', lines }], next: t('shield.block.next') };
}

/** Why there is nothing to know a file again by. */
function unfit({ previews, limits }: Report): 'tooPlain' | 'noPicture' {
  return previews.some(({ kind }) => kind === 'picture') && limits.length === 0 ? 'tooPlain' : 'noPicture';
}

async function panel(guild: string, { shield }: Pick<Context, 'shield'>, from = 0): Promise<Answer> {
  const [listed, more] = await listedFrom(guild, from, shield);
  if (listed.length === 0 && from > 0) return panel(guild, { shield }, Math.max(0, from - MOST_LISTED));
  if (listed.length === 0)
    return { tone: 'info', title: t('shield.list.title'), parts: [{ kind: 'text', text: t('shield.list.none') }] };
  const lines = listed.map(({ name, by, at }) =>
    t('shield.list.line', { name: unlinked(name), who: mention('user', by), when: timestamp(at) }),
  );
  const options = listed.map(({ id, name }) => ({ value: id, label: name }));
  const turning = [
    {
      label: t('shield.list.newer'),
      customId: page.customId({ from: Math.max(0, from - MOST_LISTED) }),
      there: from > 0,
    },
    { label: t('shield.list.older'), customId: page.customId({ from: from + MOST_LISTED }), there: more },
  ].filter(({ there }) => there);
  const parts: Part[] = [
    { kind: 'lines', lines },
    {
      kind: 'select',
      select: { of: 'text', customId: remove.customId({}), placeholder: t('shield.list.remove'), options },
    },
    ...(turning.length > 0 ? [{ kind: 'buttons', buttons: turning } as const] : []),
  ];
  return { tone: 'info', title: t('shield.list.title'), parts };
}

/** One menu of them, and whether there are older ones. */
async function listedFrom(guild: string, from: number, shield: Context['shield']) {
  const listed = await shield.list(guild, MOST_LISTED + 1, from);
  return [listed.slice(0, MOST_LISTED), listed.length > MOST_LISTED] as const;
}
