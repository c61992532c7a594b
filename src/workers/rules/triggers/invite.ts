import { foundAt, type Spot, spanOf } from '../facts.ts';
import { defineLook } from '../look.ts';

export default defineLook('invite', {
  cost: 'little',
  look({ allow }, facts) {
    const spots: Spot[] = [];
    let foreign = false;
    for (const part of facts.parts) {
      if (part.invites.length === 0) continue;
      const { from: places } = part.canonical();
      for (const { own, from, to } of part.invites) {
        spots.push({ part, ...spanOf(places, from, to) });
        foreign ||= !own;
      }
    }
    if (spots.length === 0) return 'no';
    // Which server a code leads to is for Discord to say.
    return allow.length > 0 && !foreign ? 'open' : foundAt(spots, { invites: spots.length });
  },
});
