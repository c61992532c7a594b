import { foundAt, type Spot } from '../facts.ts';
import { defineLook } from '../look.ts';

export default defineLook('invite', {
  cost: 'little',
  look({ allow }, facts) {
    const spots: Spot[] = [];
    let foreign = false;
    for (const part of facts.parts) {
      const { from: places } = part.invites.length > 0 ? part.canonical() : { from: [] };
      for (const { own, from, to } of part.invites) {
        spots.push({ part, from: places[from] ?? from, to: places[to] ?? to });
        foreign ||= !own;
      }
    }
    if (spots.length === 0) return 'no';
    // Which server a code leads to is for Discord to say.
    return allow.length > 0 && !foreign ? 'open' : foundAt(spots, { invites: spots.length });
  },
});
