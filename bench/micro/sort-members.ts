import sortMembers from '../../src/workers/tasks/sort-members.ts';
import { defineMicro, sized } from '../micro.ts';

const PAGE = 500;

function members(amount: number) {
  return Array.from({ length: amount }, (_, at) => ({
    ...{ id: `${400_000_000_000_000_000n + BigInt(at) * 7_919n}`, username: `penguin_${(at * 7_919) % amount}` },
    ...{ displayName: `Penguin ${at}`, nickname: at % 5 === 0 ? `The ${at}th of the flock` : '' },
    ...{ joined: 1_700_000_000_000 + ((at * 104_729) % 100_000_000), made: 1_600_000_000_000 + at, bot: at % 50 === 0 },
    roles: ['223456789012345678', '223456789012345679'],
  }));
}

function pages(amount: number): string[] {
  const all = members(amount);
  return Array.from({ length: Math.ceil(amount / PAGE) }, (_, at) =>
    JSON.stringify(all.slice(at * PAGE, (at + 1) * PAGE)),
  );
}

/** The amounts are those of members who were found. */
export default defineMicro({
  task: sortMembers,
  about: 'puts members who were found in order and writes them as a table',
  inputs: {
    'by name, with a file': sized(
      (amount) => ({ pages: pages(amount), order: 'name' as const, asFile: true }),
      [100, 1_000, 20_000],
    ),
  },
});
