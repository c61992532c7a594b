import { defineCommand } from '../../../define.ts';
import { user } from '../../../options.ts';
import { changeOf, POINTS_RULES } from '../../../points-change.ts';

/** Takes all points from a member. */
export default defineCommand({
  ...POINTS_RULES,
  options: { member: user() },
  run: ({ options: { member }, interaction }, context) => changeOf(member, { to: 0 }, interaction, context),
});
