import type { Context } from '../../context.ts';
import { RuleCooldowns } from './cooldowns.ts';
import { LateTriggers } from './late.ts';
import { AnsweredMessages } from './replies.ts';
import { TellingLimits } from './telling-limits.ts';

/** What the rules of all servers have met and done lately, as far as this process knows. */
export class AutomodMemory {
  readonly late: LateTriggers;
  readonly cooldowns = new RuleCooldowns();
  readonly answered: AnsweredMessages;
  readonly telling: TellingLimits;

  constructor(
    context: Pick<
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
    >,
  ) {
    this.late = new LateTriggers(context);
    this.answered = new AnsweredMessages(context);
    this.telling = new TellingLimits(context);
  }
}
