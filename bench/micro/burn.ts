import burn from '../../src/workers/tasks/burn.ts';
import { defineMicro, sized } from '../micro.ts';

/** What the bench fills the pool with. It may be told to do ten times as much, which is longer than anything is given. */
export default defineMicro({
  task: burn,
  about: 'keeps a core busy',
  inputs: { iterations: sized((iterations) => ({ iterations }), [1_000, 400_000, 10_000_000]) },
});
