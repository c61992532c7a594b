import type { Preview, Report } from './report.ts';
import type { SecretKind } from './secret-tokens.ts';
import { maskSecrets } from './secrets.ts';

/**
 * Wherever a report repeats what is in a file, secrets are blotted out; what an opener has not named itself is added.
 * Half characters and zeros, which the database and Discord refuse, are replaced: a name must not make a file unspeakable.
 */
export function maskReport(report: Report): Report {
  const found: SecretKind[] = [];
  const mask = (text: string): string => {
    const { text: masked, kinds } = maskSecrets(text.toWellFormed().replaceAll('\0', '␀'));
    found.push(...kinds);
    return masked;
  };
  const params = <T extends { readonly params: Report['facts'][number]['params'] }>(one: T): T => ({
    ...one,
    params: Object.fromEntries(
      Object.entries(one.params).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value]),
    ),
  });
  const masked = {
    ...report,
    facts: report.facts.map(params),
    findings: report.findings.map(params),
    previews: report.previews.map((preview) => maskPreview(preview, mask)),
    links: report.links.map(mask),
  };
  const news = found.filter((kind) => !report.secrets.includes(kind));
  return { ...masked, secrets: [...report.secrets, ...news] };
}

function maskPreview(preview: Preview, mask: (text: string) => string): Preview {
  switch (preview.kind) {
    case 'text':
      return { ...preview, text: mask(preview.text) };
    case 'table':
      return { ...preview, columns: preview.columns.map(mask), rows: preview.rows.map((row) => row.map(mask)) };
    case 'entries':
      return {
        ...preview,
        entries: preview.entries.map((entry) => ({ ...entry, path: mask(entry.path), note: mask(entry.note) })),
      };
    case 'picture':
      return { ...preview, alt: mask(preview.alt) };
    default: {
      const never: never = preview;
      return never;
    }
  }
}
