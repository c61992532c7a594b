import type { Opener } from './opener.ts';
import { elfFacts, machoFacts, type ProgramFacts, peFacts } from './program-facts.ts';
import { type Finding, type Report, reportOf } from './report.ts';
import { trueType } from './true-type.ts';

interface Kind {
  readonly finding: Finding['code'];
  readonly level: Finding['level'];
  readonly read?: (bytes: Uint8Array) => ProgramFacts;
}

const KINDS: Readonly<Partial<Record<Report['type'], Kind>>> = {
  pe: { finding: 'program-windows', level: 'dangerous', read: peFacts },
  elf: { finding: 'program-linux', level: 'dangerous', read: elfFacts },
  macho: { finding: 'program-macos', level: 'dangerous', read: machoFacts },
  javaClass: { finding: 'program-java', level: 'dangerous' },
  installer: { finding: 'installer', level: 'dangerous' },
  diskImage: { finding: 'disk-image', level: 'dangerous' },
};

/** Programs and what is opened like one: what they are, and why that is dangerous. Nothing of them is run or unpacked. */
export const openExecutable: Opener = async ({ bytes, name }) => {
  const { type, mime } = await trueType(bytes, name);
  const kind = KINDS[type];
  if (!kind) return reportOf(type, mime);
  const { facts = [], findings = [] } = kind.read?.(bytes) ?? {};
  return reportOf(type, mime, {
    findings: [{ code: kind.finding, level: kind.level, params: {} }, ...findings],
    facts: [...facts],
  });
};
