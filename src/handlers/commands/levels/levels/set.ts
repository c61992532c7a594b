import { UserError } from '../../../../services/answers/user-error.ts';
import { MOST_LEVEL, pointsFor } from '../../../../services/levels/curve.ts';
import { defineCommand } from '../../../define.ts';
import { integer, user } from '../../../options.ts';
import { changeOf, MOST_CHANGED, POINTS_RULES } from '../../../points-change.ts';

/** Gives a member so many points and no others, or as many as a level takes. */
export default defineCommand({
  ...POINTS_RULES,
  options: {
    member: user(),
    level: integer({ optional: true, min: 0, max: MOST_LEVEL }),
    points: integer({ optional: true, min: 0, max: MOST_CHANGED }),
  },
  async run({ options: { member, level, points }, interaction }, context) {
    const to = level === undefined ? points : pointsFor(level);
    if (to === undefined || (level !== undefined && points !== undefined))
      throw new UserError('commands.levels.set.either');
    return await changeOf(member, { to }, interaction, context);
  },
});
