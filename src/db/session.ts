import { type ExecProtocolOptionsStream, PGlite } from '@electric-sql/pglite';

const SYNC = 0x53;
const QUERY = 0x51;
const TERMINATE = 0x58;
const STARTUP = 0x00;
/** A message after which a client owes nothing more: the next one may come from somebody else. */
const ENDS_EXCHANGE = new Set([SYNC, QUERY, TERMINATE, STARTUP]);

/**
 * PGlite as several connections can share it. The socket server takes messages from whoever sends one, except inside a
 * transaction; but a query is several messages up to a Sync, and after an error Postgres drops everything up to it,
 * other connections' messages included: they would wait for ever. So the server is told "in a transaction" until the
 * Sync has come.
 */
export class Session extends PGlite {
  #open = false;

  override isInTransaction(): boolean {
    return this.#open || super.isInTransaction();
  }

  override async execProtocolRawStream(message: Uint8Array, options: ExecProtocolOptionsStream): Promise<void> {
    this.#open = !ENDS_EXCHANGE.has(message[0] ?? STARTUP);
    try {
      await super.execProtocolRawStream(message, options);
    } catch (error) {
      // Postgres' own errors are messages; this is its program breaking down, and the socket server would go on waiting.
      setImmediate(() => {
        throw error;
      });
      throw error;
    }
  }

  /** What the socket server calls when a connection ended in the middle: its exchange is ended first. */
  override async exec(...args: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#open)
      await this.runExclusive(async () => void (await this.execProtocolRaw(new Uint8Array([SYNC, 0, 0, 0, 4]))));
    this.#open = false;
    return await super.exec(...args);
  }
}
