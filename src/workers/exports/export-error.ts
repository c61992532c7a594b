import { BotError } from '../../lib/errors.ts';
import type { ExportCode } from './order.ts';

/** An export came to nothing; `code` says why. */
export class ExportError extends BotError {
  readonly code: ExportCode;

  constructor(code: ExportCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
