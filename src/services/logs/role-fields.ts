import type { Role } from 'discord.js';
import { code } from '../answers/words.ts';
import { type Field, yesNo } from './changes.ts';

/** What is told of a role, besides its permissions. */
export const ROLE_FIELDS: readonly Field<Role>[] = [
  ['eventLogs.what.name', ({ name }) => name],
  ['eventLogs.what.colour', ({ hexColor }) => code(hexColor)],
  ['eventLogs.what.hoisted', ({ hoist }) => yesNo(hoist)],
  ['eventLogs.what.mentionable', ({ mentionable }) => yesNo(mentionable)],
];
