import { PermissionFlagsBits } from 'discord.js';
import type { MassKind } from '../../db/mass-runs.ts';

/** What is asked of whoever orders something. */
interface MassDemand {
  /** The command by whose rank it goes. */
  readonly command: string;
  /** Discord's permissions: what counts where a server has given out no ranks. */
  readonly needs: bigint;
  /** Whether they count as the run's channel has them [false]. */
  readonly inChannel?: boolean;
}

/** The rules of the commands that order runs, for as long as these go on. */
export const DEMANDS: Readonly<Record<MassKind, MassDemand>> = {
  ban: { command: 'massban', needs: PermissionFlagsBits.BanMembers },
  unban: { command: 'massunban', needs: PermissionFlagsBits.BanMembers },
  kick: { command: 'masskick', needs: PermissionFlagsBits.KickMembers },
  timeout: { command: 'masstimeout', needs: PermissionFlagsBits.ModerateMembers },
  'role-add': { command: 'role bulk', needs: PermissionFlagsBits.ManageRoles },
  'role-remove': { command: 'role bulk', needs: PermissionFlagsBits.ManageRoles },
  purge: { command: 'purge', needs: PermissionFlagsBits.ManageMessages, inChannel: true },
};
