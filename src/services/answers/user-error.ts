import { BotError } from '../../lib/errors.ts';
import type { Key } from '../../lib/i18n.ts';
import { type Params, type Said, t } from './words.ts';

/** Something the person can mend or should know: shown to them alone, in their language. Not logged as a failure. */
export class UserError extends BotError {
  readonly said: Said;

  constructor(key: Key, params?: Params, options?: ErrorOptions) {
    super(key, options);
    this.said = t(key, params);
  }
}
