import { writeFile } from 'node:fs/promises';
import { createI18n, type Key } from '../src/lib/i18n.ts';
import { type Property, propertiesOf } from '../src/services/settings/property-form.ts';
import { AREA_NAMES } from '../src/services/settings/snapshot.ts';

const i18n = createI18n();

/** The page that says what can be set in a server, as the schemas have it. */
export function settingsPage(): string {
  const areas = AREA_NAMES.map((area) => {
    const rows = propertiesOf(area).map((property) => {
      const words = `settings.areas.${area}.${property.name}`;
      const cells = [
        `\`${property.name}\``,
        i18n.t(`${words}.label` as Key),
        i18n.t(`${words}.about` as Key),
        takesOf(property),
        defaultOf(property),
      ];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    });
    return `## ${i18n.t(`settings.names.${area}`)}: \`${area}\`\n\n| key | name | what it does | value | default |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${HEAD}\n${areas.join('\n')}`;
}

const HEAD = `# Settings of a server

Written from the schemas by \`bun scripts/settings-page.ts\`; a test compares. What is here can be looked at and changed with
\`/config section\`, and stands in the file of \`/config export\` under its key.
`;

function takesOf({ form, schema, owners, state }: Property): string {
  const expected = i18n.t(String(schema.expected) as Key);
  const own = form.kind === 'own' ? `${expected}; by \`/${form.command}\`` : expected;
  const bounds = form.kind === 'number' ? `a whole number from ${form.minimum} to ${form.maximum}` : own;
  const values = 'values' in form ? form.values.map((value) => `\`${value}\``).join(', ') : bounds;
  const guard = owners ? `${values}; the owner alone` : values;
  return state ? `${guard}; not in files` : guard;
}

function defaultOf({ schema }: Property): string {
  return schema.default === undefined ? 'not set' : `\`${JSON.stringify(schema.default)}\``;
}

if (import.meta.main) await writeFile(new URL('../docs/settings.md', import.meta.url), settingsPage());
