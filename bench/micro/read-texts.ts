import { shareBytes } from '../../src/workers/shared-bytes.ts';
import readTexts from '../../src/workers/tasks/read-texts.ts';
import { defineMicro, sized } from '../micro.ts';

function texts(amount: number): readonly string[] {
  return Array.from({ length: amount }, (_, at) => `Has anyone of you seen the penguin number ${at} lately?`);
}

function shared(text: string) {
  return { file: shareBytes(new TextEncoder().encode(text)) };
}

/** The amounts are those of messages. */
export default defineMicro({
  task: readTexts,
  about: 'makes a file of messages ready to hold a rule against them',
  inputs: {
    lines: sized((amount) => shared(texts(amount).join('\n')), [10, 5_000, 100_000]),
    'an array of JSON': sized((amount) => shared(JSON.stringify(texts(amount))), [10, 5_000, 100_000]),
  },
});
