import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import exportCases from '../../../src/workers/tasks/export-cases.ts';

const AT = '2026-11-05T12:00:00.000Z';

function caseWith(number: number, reason: string | null) {
  const nulls = { until: null, seconds: null, endedAt: null, settledAt: null, told: null, voidedBy: null };
  const plain = {
    ...{ ...nulls, auditId: null, logChannel: null, logMessage: null, number, type: 'warn', state: 'done', reason },
    ...{ target: '100000000000000001', targetName: '+me', moderator: null, moderatorName: '?', source: 'discord' },
    ...{ createdAt: AT, points: 0, silent: false, hidden: false, data: { role: '1' }, events: [], earlierEvents: 0 },
  };
  return { plain: JSON.stringify(plain), voidReason: null, evidence: [] };
}

type Input = Parameters<typeof exportCases.run>[0];

async function written(input: Input): Promise<Uint8Array> {
  const outcome = await exportCases.run(input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.bytes;
}

test('pieces after one another are a file, packed or plain', async () => {
  const rest = { format: 'json', begins: false, ends: false } as const;
  for (const packed of [true, false]) {
    const pieces = [
      await written({ ...rest, packed, cases: [caseWith(1, 'a'), caseWith(2, null)], begins: true }),
      await written({ ...rest, packed, cases: [caseWith(3, 'ü\u2028"')] }),
      await written({ ...rest, packed, cases: [], ends: true }),
    ];
    const whole = Buffer.concat(pieces);
    const read = JSON.parse((packed ? gunzipSync(whole) : whole).toString());
    expect(read).toMatchObject([{ number: 1 }, { number: 2, reason: null }, { number: 3, reason: 'ü\u2028"' }]);
  }
});

test('no cell is taken for a formula, also where semicolons part cells', async () => {
  const reasons = ['=1', ' \t=1', '+1', '-1', '@a', '＝1', 'a;=1', 'a\n @b', 'a\r\n\t+c', 'plain - text, a=b'];
  const cases = reasons.map((reason, at) => caseWith(at, reason));
  const bytes = await written({ format: 'csv', packed: false, begins: false, ends: true, cases });
  const cells = new TextDecoder().decode(bytes).matchAll(/^\d+,"warn","done","\d+","'\+me",,"\?","([^"]*)"/gm);
  expect([...cells].map(([, reason]) => reason)).toEqual([
    ...["'=1", " \t'=1", "'+1", "'-1", "'@a", "'＝1", "a;'=1", "a\n '@b", "a\r\n\t'+c", 'plain - text, a=b'],
  ]);
});

test('what is no case is refused', async () => {
  const input = { format: 'csv', packed: false, begins: true, ends: true } as const;
  const broken = { plain: '{"number":"1"}', voidReason: null, evidence: [] };
  expect(await exportCases.run({ ...input, cases: [broken] })).toMatchObject({ ok: false });
});
