import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { takeBack } from '../../../automod/undo.ts';
import { defineCommand } from '../../../define.ts';

/** Takes back the last change of the rules that nobody has taken back yet. */
export default defineCommand({ ...AUTOMOD_RULES, run: (asked, context) => takeBack(undefined, asked, context) });
