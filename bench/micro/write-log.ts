import writeLog from '../../src/workers/tasks/write-log.ts';
import { defineMicro, sized } from '../micro.ts';

/** `lines` of about a hundred letters. */
export default defineMicro({
  task: writeLog,
  about: 'a file of text out of what is told of many things',
  inputs: {
    lines: sized(
      (lines) => ({
        lines: Array.from({ length: lines }, (_, at) => `2026-11-27T08:00:00.000Z ${at}: ${'squawk '.repeat(10)}`),
      }),
      [10, 300, 2_000],
    ),
  },
  works: ({ left }) => left === 0,
});
