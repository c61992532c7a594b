import { defineCommand } from '../../../define.ts';
import { integer, user } from '../../../options.ts';
import { changeOf, MOST_CHANGED, POINTS_RULES } from '../../../points-change.ts';

/** Gives a member points. */
export default defineCommand({
  ...POINTS_RULES,
  options: { member: user(), points: integer({ min: 1, max: MOST_CHANGED }) },
  run: ({ options: { member, points }, interaction }, context) =>
    changeOf(member, { by: points }, interaction, context),
});
