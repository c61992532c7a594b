import en from '../../locales/en.json' with { type: 'json' };
import type { Finding, Report } from '../../workers/inspect/report.ts';
import type { Answer, Attached as AttachedFile, Part, Tone } from '../answers/answer.ts';
import { code, list, t, type Words } from '../answers/words.ts';
import type { Attached, Verdict } from './inspector.ts';

const TONES: Record<Verdict['level'], Tone> = { safe: 'good', careful: 'warning', dangerous: 'bad' };
const MOST_FINDINGS = 12;
const MOST_FACTS = 14;
const MOST_ENTRIES = 15;
const MOST_LINKS = 5;

/** One card for one file: the verdict and why, what the file is, then a preview. */
export function cardOf({ file, level, report, sha256 }: Verdict): Answer {
  const points = why(report);
  const pictures = report.previews.filter((one) => one.kind === 'picture');
  return {
    tone: TONES[level],
    title: file.name,
    parts: [
      { kind: 'lines', title: t(`inspect.levels.${level}`), lines: [t(`inspect.verdicts.${level}`)] },
      ...(points.length > 0 ? [{ kind: 'points', points } as const] : []),
      { kind: 'fields', fields: facts(file, report, sha256) },
      ...report.previews.flatMap(preview),
    ],
    ...(pictures.length > 0 && {
      pictures: pictures.map(
        ({ png, alt }, at): AttachedFile => ({ name: `preview-${at + 1}.png`, bytes: png, description: alt }),
      ),
    }),
  };
}

function why({ findings, limits, secrets }: Report): readonly Words[] {
  const [worst, others] = [
    findings.filter(({ level }) => level === 'dangerous'),
    findings.filter(({ level }) => level === 'careful'),
  ];
  const kinds = [...new Set(secrets)].map((kind) => t(`inspect.secrets.${kind}`));
  return [
    ...[...worst, ...others].slice(0, MOST_FINDINGS).map(said),
    ...limits.map(({ limit, allowed }) =>
      t('inspect.limitHit', { allowed: allowed.toLocaleString('en'), limit: t(`inspect.limits.${limit}`) }),
    ),
    ...(kinds.length > 0 ? [t('inspect.secretsFound', { what: list(kinds) })] : []),
  ];
}

/** What was found in a file within the file is said in the words of its own kind, with the way to it in front. */
function said({ code: text, params }: Finding): Words {
  const { code: within } = params;
  const what = text === 'inside' && isFinding(within) ? t(`inspect.findings.${within}`, params) : '';
  return t(`inspect.findings.${text}`, { ...params, what });
}

function isFinding(code: unknown): code is Finding['code'] {
  return typeof code === 'string' && Object.hasOwn(en.inspect.findings, code);
}

function facts(
  file: Attached,
  { type, mime, facts, findings, links }: Report,
  sha256: string,
): readonly (readonly [Words, Words])[] {
  const declared = file.contentType ?? '-';
  const noted = findings.filter(({ level }) => level === 'safe');
  return [
    [t('inspect.labels.type'), t(`inspect.types.${type}`, { mime })],
    ...(declared === mime ? [] : [[t('inspect.labels.declared'), code(declared)] as const]),
    [t('inspect.labels.size'), sizeOf(file.size)],
    ...facts
      .slice(0, MOST_FACTS)
      .map(
        ({ label, code: text, params }) => [t(`inspect.labels.${label}`), t(`inspect.facts.${text}`, params)] as const,
      ),
    ...noted.map(
      ({ code: text, params }) => [t('inspect.labels.note'), t(`inspect.findings.${text}`, params)] as const,
    ),
    ...(links.length > 0
      ? [
          [
            t('inspect.labels.links'),
            list([
              ...links.slice(0, MOST_LINKS).map(code),
              ...(links.length > MOST_LINKS ? [`+${links.length - MOST_LINKS}`] : []),
            ]),
          ] as const,
        ]
      : []),
    [t('inspect.labels.sha256'), code(sha256)],
  ];
}

function preview(one: Report['previews'][number]): Part[] {
  switch (one.kind) {
    case 'text':
      return one.text === '' ? [] : [{ kind: 'code', text: one.text, language: one.language }];
    case 'table':
      return [{ kind: 'code', text: tableOf([one.columns, ...one.rows]) }];
    case 'entries': {
      const lines = one.entries
        .slice(0, MOST_ENTRIES)
        .map(({ path, bytes, note }) => `${sizeOf(bytes).padStart(9)}  ${path}${note === '' ? '' : `  (${note})`}`);
      const more = one.more + Math.max(0, one.entries.length - MOST_ENTRIES);
      return [{ kind: 'code', text: [...lines, ...(more > 0 ? [`           … +${more}`] : [])].join('\n') }];
    }
    case 'picture':
      return [];
    default: {
      const never: never = one;
      return never;
    }
  }
}

const WIDEST = 24;

/** Columns under each other, cut to a width that phones show. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) =>
    row
      .slice(0, 8)
      .map((cell) => (cell.length > WIDEST ? `${cell.slice(0, WIDEST - 1)}…` : cell).replaceAll('\n', ' ')),
  );
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0] ?? '', widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}

/** `1.2 MB`; bytes up to a thousand. */
function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
