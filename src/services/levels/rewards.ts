import type { AreaValue } from '../settings/areas.ts';

type Rewards = Pick<AreaValue<'levels'>, 'rewards' | 'keepRewards'>;

/** Which roles a level gives, and which of the others whoever is at that level is not to have. */
export function rolesAt(
  level: number,
  { rewards, keepRewards }: Rewards,
): { readonly given: readonly string[]; readonly lower: readonly string[]; readonly higher: readonly string[] } {
  const all = Object.entries(rewards).sort(([, a], [, b]) => a - b);
  const reached = all.filter(([, own]) => own <= level);
  const highest = reached.at(-1)?.[1];
  const given = keepRewards ? reached : reached.filter(([, own]) => own === highest);
  const ids = (some: typeof all) => some.map(([role]) => role);
  return {
    given: ids(given),
    lower: ids(reached.filter((one) => !given.includes(one))),
    higher: ids(all.filter(([, own]) => own > level)),
  };
}
