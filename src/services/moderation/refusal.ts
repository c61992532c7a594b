import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { BotError } from '../../lib/errors.ts';
import type { Key } from '../../lib/i18n.ts';
import { type Said, t } from '../answers/words.ts';

/** An action cannot be done, now or later. */
export class Refused extends BotError {
  readonly said: Said;

  constructor(said: Said) {
    super(said.key);
    this.said = said;
  }
}

/** What Discord says when it will never do it, whoever asks again. */
const REFUSALS: Readonly<Record<number, Key>> = {
  [Code.MissingPermissions]: 'moderation.refused.permissions',
  [Code.MissingAccess]: 'moderation.refused.permissions',
  [Code.UnknownMember]: 'moderation.refused.left',
  [Code.UnknownUser]: 'moderation.refused.noSuchPerson',
  [Code.UnknownBan]: 'moderation.refused.notBanned',
  [Code.UnknownGuild]: 'moderation.refused.serverGone',
  [Code.UnknownChannel]: 'moderation.refused.channelGone',
  [Code.UnknownRole]: 'moderation.refused.roleGone',
  [Code.MaximumNumberOfNonGuildMemberBansHasBeenExceeded]: 'moderation.refused.tooManyBans',
  [Code.TargetUserIsNotConnectedToVoice]: 'moderation.refused.notInVoice',
  [Code.InvalidRole]: 'moderation.refused.managedRole',
  [Code.MaximumNumberOfGuildRolesReached]: 'moderation.refused.tooManyRoles',
  [Code.MaximumNumberOfGuildChannelsReached]: 'moderation.refused.tooManyChannels',
  [Code.TwoFactorAuthenticationIsRequired]: 'moderation.refused.twoFactor',
};

/** Why it will not be done by asking again; undefined for what may pass: a limit, an outage, a lost answer. */
export function refusalOf(error: unknown): Said | undefined {
  if (error instanceof Refused) return error.said;
  if (!(error instanceof DiscordAPIError) || mayPass(error)) return undefined;
  const known = REFUSALS[Number(error.code)];
  return known ? t(known) : t('moderation.refused.other', { answer: error.message });
}

function mayPass({ status }: DiscordAPIError): boolean {
  return status < 400 || status >= 500 || [401, 408, 429].includes(status);
}
