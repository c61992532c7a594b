import { compile } from '../../src/workers/rules/compile.ts';
import { shareBytes } from '../../src/workers/shared-bytes.ts';
import backtest from '../../src/workers/tasks/backtest.ts';
import { defineMicro, sized } from '../micro.ts';
import { manyRules } from '../rules.ts';

const AUTHOR = { id: '123456789012345678', roles: [], accountMs: 86_400_000 };
const AS = { text: '', author: AUTHOR, channel: { id: '223456789012345678' }, edited: false, forwarded: false };
/** One rule, as when somebody tries it. */
const rules = {
  version: 'backtest',
  buffer: compile(manyRules(1), new Map()).buffer,
  domains: { version: '', lists: [] },
};

function lines(amount: number): SharedArrayBuffer {
  const all = Array.from({ length: amount }, (_, at) => `Has anyone of you seen the penguin number ${at} lately?`);
  return shareBytes(new TextEncoder().encode(all.join('\n')));
}

/** The amounts are those of messages. */
export default defineMicro({
  task: backtest,
  about: 'holds a rule against messages that were written before',
  inputs: {
    'lines of a file': sized((amount) => ({ rules, file: lines(amount), from: 0, as: AS }), [10, 500, 5_000]),
  },
});
