import type { Answer, Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { t, type Words } from '../../../services/answers/words.ts';
import { limitsOf } from '../../../services/inspector/limits.ts';
import { shownName } from '../../../services/inspector/shown-name.ts';
import { defineCommand } from '../../define.ts';
import { attachment } from '../../options.ts';

/** More than this is sent as a file beside the answer. UTF-16 units. */
const SHOWN = 2_500;

/** Compares two texts line by line, in a worker. */
export default defineCommand({
  options: { before: attachment(), after: attachment() },
  deadlineMs: 60_000,
  cooldown: { uses: 4, seconds: 10 },
  async run({ interaction, options: { before, after }, signal }, { config, inspector, settings, workers }) {
    const { download, limits } = limitsOf(await settings.of(interaction.guildId ?? '0', 'files'), config);
    const files = [before, after];
    using place = await inspector.reserve(files, { download, signal });
    const [old, fresh] = await Promise.all(files.map((file) => inspector.download(file, { download, signal })));
    if (!old || !fresh) throw new UserError('inspect.refused.gone');
    place.holds(old.bytes.byteLength + fresh.bytes.byteLength);
    const asked = {
      before: { bytes: old.bytes, name: before.name },
      after: { bytes: fresh.bytes, name: after.name },
      limits,
    };
    const transfer = [old.bytes.buffer, fresh.bytes.buffer];
    const risks = [
      { sha256: old.sha256, name: before.name },
      { sha256: fresh.sha256, name: after.name },
    ];
    const found = await inspector.safely(risks, () => workers.offload('diffTexts', asked, { signal, transfer }));
    if (found.kind === 'notText') throw new UserError('inspect.diff.refused.notText', { name: found.name });
    if (found.kind !== 'diff') throw new UserError(`inspect.diff.refused.${found.kind}`, { limit: found.limit });
    return answerOf(shownName(`${before.name} → ${after.name}`, 300), found);
  },
});

interface Found {
  readonly patch: string;
  readonly more: number;
  readonly added: number;
  readonly removed: number;
  readonly fewest: boolean;
  readonly lineEndsDiffer: boolean;
}

function answerOf(title: Words, { patch, more, added, removed, fewest, lineEndsDiffer }: Found): Answer {
  if (patch === '') {
    return {
      tone: 'good',
      title,
      parts: [{ kind: 'text', text: t(lineEndsDiffer ? 'inspect.diff.onlyLineEnds' : 'inspect.diff.same') }],
    };
  }
  const notes: Part[] = [
    ...(more > 0 ? [{ kind: 'small', text: t('inspect.diff.more', { count: more }) } as const] : []),
    ...(fewest ? [] : [{ kind: 'small', text: t('inspect.diff.rough') } as const]),
    ...(lineEndsDiffer ? [{ kind: 'small', text: t('inspect.diff.lineEnds') } as const] : []),
  ];
  return {
    tone: 'info',
    title,
    parts: [
      { kind: 'text', text: t('inspect.diff.changes', { added, removed }) },
      { kind: 'code', text: patch, language: 'diff' },
      ...notes,
    ],
    ...(patch.length > SHOWN && { files: [{ name: 'changes.diff', bytes: new TextEncoder().encode(patch) }] }),
  };
}
