import type { Logger } from '../../lib/log.ts';
import type { Settings } from '../settings/settings.ts';
import { Plan } from './plan.ts';

/** What each server wants to be told of, made once out of its settings as long as these stay the same. */
export class Plans {
  readonly #settings: Pick<Settings, 'peek' | 'of'>;
  readonly #log: Logger;
  readonly #plans = new WeakMap<object, Plan | 'empty'>();

  constructor(settings: Pick<Settings, 'peek' | 'of'>, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Null where a server wants to be told of nothing; undefined while its settings are not at hand. */
  peek(guild: string): Plan | null | undefined {
    const value = this.#settings.peek(guild, 'events');
    return value && this.#of(value);
  }

  /** Goes on with the plan once it is there, where there is one; in the order in which it is asked for. */
  onceKnown(guild: string, goOn: (plan: Plan) => void): void {
    this.#settings
      .of(guild, 'events')
      .then((value) => {
        const plan = this.#of(value);
        if (plan) goOn(plan);
      })
      .catch((error: unknown) => this.#log.warn({ error, guild }, 'it is not known what a server wants to be told of'));
  }

  #of(value: ConstructorParameters<typeof Plan>[0]): Plan | null {
    let plan = this.#plans.get(value);
    if (plan === undefined) {
      const made = new Plan(value);
      plan = made.empty ? 'empty' : made;
      this.#plans.set(value, plan);
    }
    return plan === 'empty' ? null : plan;
  }
}
