import type { Context } from '../../context.ts';
import type { RuleCooldowns } from './cooldowns.ts';
import { LateTriggers } from './late.ts';
import { AnsweredMessages } from './replies.ts';
import { TellingLimits } from './telling-limits.ts';

/** What the rules of all servers have met and done lately, as far as this process knows. */
export class AutomodMemory {
  readonly late: LateTriggers;
  readonly cooldowns: RuleCooldowns;
  readonly answered: AnsweredMessages;
  readonly telling: TellingLimits;

  constructor({
    cooldowns,
    ...context
  }: { readonly cooldowns: RuleCooldowns } & Pick<
    Context,
    | 'backtracking'
    | 'config'
    | 'database'
    | 'db'
    | 'discord'
    | 'inspector'
    | 'log'
    | 'now'
    | 'settings'
    | 'shield'
    | 'timers'
  >) {
    this.cooldowns = cooldowns;
    this.late = new LateTriggers(context);
    this.answered = new AnsweredMessages(context);
    this.telling = new TellingLimits(context);
  }
}
