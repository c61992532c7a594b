import echo from '../../src/workers/tasks/echo.ts';
import { defineMicro, sized } from '../micro.ts';

export default defineMicro({
  task: echo,
  about: 'gives a text back: what is left when a task does nothing',
  inputs: { text: sized((length) => 'x'.repeat(length), [5, 200, 10_000]) },
});
