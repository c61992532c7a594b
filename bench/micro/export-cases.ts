import exportCases from '../../src/workers/tasks/export-cases.ts';
import { defineMicro, sized } from '../micro.ts';

const AT = '2026-11-05T12:00:00.000Z';
const NULLS = {
  ...{ reason: null, until: null, seconds: null, endedAt: null, told: null, voidedBy: null, auditId: null },
  ...{ logChannel: null, logMessage: null },
};

/** Cases with a reason of 200 letters and two notes each. */
function cases(amount: number) {
  return Array.from({ length: amount }, (_, at) => {
    const said = `=HYPERLINK("x"), number ${at}, said "${'fish '.repeat(36)}"`;
    const event = { at: AT, by: '100000000000000003', kind: 'note', before: null, after: said };
    const plain = JSON.stringify({
      ...{ ...NULLS, number: at + 1, type: 'warn', state: 'done', source: 'command', createdAt: AT, settledAt: AT },
      ...{ target: '100000000000000001', targetName: 'chinstrap', reason: said, points: 1, silent: false },
      ...{ moderator: '100000000000000003', moderatorName: 'gentoo', hidden: false, data: {} },
      ...{ events: [event, event], earlierEvents: 0 },
    });
    return { plain, voidReason: null, evidence: [{ kind: 'message', url: 'https://discord.com/channels/1/2/3' }] };
  });
}

const AMOUNTS = [1, 50, 200] as const;

/** The amounts are those of cases; what crosses at a time are 200. */
export default defineMicro({
  task: exportCases,
  about: 'writes cases as a piece of a file',
  inputs: Object.fromEntries(
    (['csv', 'json'] as const).map((format) => [
      `packed ${format}`,
      sized((amount) => ({ format, cases: cases(amount), begins: true, ends: true, packed: true }), AMOUNTS),
    ]),
  ),
});
