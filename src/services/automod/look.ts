import type { Context } from '../../context.ts';
import { hasContent, isExempt, type Payload } from './payload.ts';
import type { RuleSource } from './rule-source.ts';

/** What is done with a message: judged by the rules and counted, counted alone, or neither; unknown until the server's settings are. */
export type Look = 'rules' | 'activity' | 'nothing' | 'unknown';

type Sources = Pick<Context, 'settings'> & { readonly rules: RuleSource };
type Seeing = Sources & Pick<Context, 'discord'>;

/** Whether somebody wrote it themselves, rather than a bot or a webhook. */
export function isPersons({ author, webhook_id }: Payload): boolean {
  return author.bot !== true && webhook_id === undefined;
}

/** Looks at a message as cheaply as can be: most need no rules. */
export function lookAt(payload: Payload, guild: string, { rules, settings, discord }: Seeing): Look {
  const otherwise = isPersons(payload) ? 'activity' : 'nothing';
  const judging = rules.peek(guild);
  if (judging === null || !hasContent(payload)) return otherwise;
  if (payload.author.bot === true && payload.webhook_id === undefined) return 'nothing';
  const settled = settings.peek(guild, 'automod');
  if (judging === undefined || settled === undefined) return 'unknown';
  return isExempt(payload, settled, discord) ? otherwise : 'rules';
}

/** Reads what `lookAt` has to know of a server, and the ranks, which are asked for as soon as a rule is hit. */
export async function learn(guild: string, { rules, settings }: Sources): Promise<void> {
  await Promise.all([
    rules.of(guild),
    settings.of(guild, 'automod'),
    settings.of(guild, 'permissions').catch(() => undefined), // whoever needs them asks again
  ]);
}
