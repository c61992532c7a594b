import avatarColours from '../../src/workers/tasks/avatar-colours.ts';
import { pngOf } from '../load/pictures.ts';
import { defineMicro, sized } from '../micro.ts';

export default defineMicro({
  task: avatarColours,
  about: 'the main colours of an avatar',
  inputs: { png: sized((side) => ({ png: pngOf(side * side, 0) }), [32, 256, 1_024]) },
  works: ({ colours }) => colours.length > 0,
});
