import { type Budget, LimitError } from './budget.ts';
import { type Description, PREVIEW } from './describe.ts';
import { describeBrokenJson, describeJson, describeRecords, describeToml, describeYaml } from './describe-data.ts';
import { describeLog, describeLogRecords } from './describe-log.ts';
import { describeTable } from './describe-table.ts';
import { Links } from './links.ts';
import { extensionsOf } from './names.ts';
import type { Opener, Opening } from './opener.ts';
import { type ReadText, readText, textFact } from './read-text.ts';
import { type Finding, type LimitHit, reportOf } from './report.ts';
import { safeLines } from './safe-text.ts';
import type { SecretKind } from './secret-tokens.ts';
import { maskSecrets } from './secrets.ts';
import { type Claim, claimOf, measure, type Shape, shapeOf } from './shape.ts';
import { sheetCommands } from './sheet-commands.ts';
import { linksIn, markdownLinksIn } from './text-links.ts';
import { withoutColours } from './unseen-marks.ts';

const LONG_LINE = 10_000;
/** So many secrets are hardly somebody's own. */
const MANY_SECRETS = 20;
/** What a spreadsheet opens at a double click, whatever is in it. */
const OPENED_AS_TABLES = ['csv', 'tsv', 'slk', 'dif'];

/**
 * Text of every kind: what it is, what is in it, what is wrong with it and where. What is shown is shown of the masked
 * text; whether it is well-formed is found out from the text as it was, since stars are no numbers and no YAML.
 */
export const openText: Opener = async (opening) => {
  const { name, declared, budget } = opening;
  const read = await readText(opening);
  if (!read) return reportOf('unknown', 'application/octet-stream');
  const { decoded, whole, limits } = read;
  const masked = maskSecrets(decoded.text, () => budget.checkTime());
  const text = withoutColours(masked.text); // they stick to levels, names and places
  const claim = claimOf(name, declared);
  const was = masked.text !== decoded.text ? withoutColours(decoded.text) : text;
  const { shape, description } = described({ text, was }, claim, budget, limits);
  const { type, mime, facts = [], findings = [], previews = [], limits: more = [], secrets = [] } = description;
  const kinds = [...masked.kinds, ...secrets.filter((kind) => !masked.kinds.includes(kind))];
  const links = judged(text, opening, limits);
  return reportOf(type, mime, {
    facts: [textFact(read.decoded), ...facts],
    findings: [
      ...findings,
      ...textFindings(decoded, whole),
      ...claimFindings(shape, claim),
      ...(type === 'csv' || OPENED_AS_TABLES.includes(extensionsOf(name)[0] ?? '') ? sheetCommands(text, name) : []),
      ...links.findings,
      ...secretFindings(kinds),
    ],
    previews,
    limits: [...limits, ...more],
    links: links.links,
    secrets: kinds,
  });
};

/** Time may run out while it is found out what a text is: then it is text, and its beginning can be shown. */
function described(
  { text, was }: { readonly text: string; readonly was: string },
  claim: Claim,
  budget: Budget,
  limits: LimitHit[],
) {
  let shape: Shape | undefined;
  try {
    shape = shapeOf(was, claim, budget);
    return { shape, description: describe(text, shape, budget) };
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
    return { shape, description: plain(text) };
  }
}

function judged(text: string, opening: Opening, limits: LimitHit[]): ReturnType<Links['report']> {
  const links = new Links(opening);
  try {
    for (const { target, shown } of markdownLinksIn(text)) links.add(target, shown);
    for (const address of linksIn(text)) links.add(address);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    if (limits.every(({ limit }) => limit !== error.hit.limit)) limits.push(error.hit);
  }
  return links.report();
}

function describe(text: string, shape: Shape, budget: Budget): Description {
  switch (shape.kind) {
    case 'text':
      return plain(text);
    case 'json':
      return describeJson(text, shape.shape);
    case 'broken json':
      return describeBrokenJson(text, shape.fault);
    case 'ndjson': {
      const records = describeRecords(text, shape);
      const { facts = [], limits = [] } = describeLogRecords(text, shape.keys, budget);
      return { ...records, facts: [...(records.facts ?? []), ...facts], limits };
    }
    case 'yaml':
      return describeYaml(text, shape.scan);
    case 'toml':
      return describeToml(text, shape.scan);
    case 'csv':
      return describeTable(text, shape.delimiter, budget);
    case 'log':
    case 'trace':
      return describeLog(text, shape.kind, budget);
    default: {
      const never: never = shape;
      return never;
    }
  }
}

function plain(text: string): Description {
  const previews = [{ kind: 'text', language: '', text: safeLines(text, PREVIEW) } as const];
  return { type: 'text', mime: 'text/plain', previews };
}

function textFindings({ text, incomplete, replaced }: ReadText['decoded'], whole: boolean): Finding[] {
  const { longestLine: longest } = measure(text);
  const findings: Finding[] = [];
  if (incomplete && whole) findings.push({ code: 'last-character-cut', level: 'safe', params: {} });
  if (replaced > 0) findings.push({ code: 'characters-replaced', level: 'safe', params: { count: replaced } });
  if (longest > LONG_LINE) findings.push({ code: 'long-line', level: 'safe', params: { longest } });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
  if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text))
    findings.push({ code: 'control-characters', level: 'safe', params: {} });
  if (/[\u202d\u202e]/.test(text)) findings.push({ code: 'direction-marks', level: 'careful', params: {} });
  return findings;
}

const FITTING: Readonly<Record<NonNullable<Claim>, readonly Shape['kind'][]>> = {
  csv: ['csv'],
  tsv: ['csv'],
  json: ['json', 'broken json'],
  ndjson: ['ndjson', 'broken json', 'json'],
  yaml: ['yaml', 'json'],
  toml: ['toml'],
  log: ['log', 'ndjson', 'trace'],
};

function claimFindings(shape: Shape | undefined, claim: Claim): Finding[] {
  if (!shape || !claim || FITTING[claim].includes(shape.kind)) return [];
  return [{ code: 'name-promises', level: 'safe', params: { claimed: claim.toUpperCase() } }];
}

function secretFindings({ length: count }: readonly SecretKind[]): Finding[] {
  return count >= MANY_SECRETS ? [{ code: 'many-secrets', level: 'careful', params: { count } }] : [];
}
