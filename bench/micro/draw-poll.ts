import drawPoll from '../../src/workers/tasks/draw-poll.ts';
import { defineMicro } from '../micro.ts';

function resultOf(answers: number) {
  const bars = Array.from({ length: answers }, (_, at) => ({
    label: `The answer with the number ${at + 1}`,
    votes: at * 7,
    share: at * 10,
  }));
  return () => ({ bars });
}

export default defineMicro({
  task: drawPoll,
  about: 'draws the result of a poll',
  inputs: { bars: { small: resultOf(2), typical: resultOf(4), limit: resultOf(10) } },
});
