import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The way to the database, which a test can cut: refused connections, cut ones, or silence. */
export class Bridge implements AsyncDisposable {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server = createServer();
  #silent = false;
  #port = 0;
  #cutAt: string | undefined;

  private constructor(target: URL) {
    this.#target = target;
  }

  static async open(target: string, { up = true } = {}): Promise<Bridge> {
    const bridge = new Bridge(new URL(target));
    await bridge.up();
    if (!up) await bridge.down();
    return bridge;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.port = String(this.#port);
    return url.href;
  }

  /** Connections are passed on, those from before a silence too. */
  async up(): Promise<void> {
    this.#silent = false;
    for (const socket of this.#sockets) socket.resume();
    if (this.#server.listening) return;
    this.#server = createServer((near) => this.#join(near));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
  }

  /** Open connections are cut and new ones refused. */
  async down(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  /** The connection that next asks something with this in it is cut instead. */
  cutAt(text: string): void {
    this.#cutAt = text;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Connections stay open, and nothing comes through any more. */
  silence(): void {
    this.#silent = true;
    for (const socket of this.#sockets) socket.pause();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.down();
    this.cut();
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (data) => {
        const cut = this.#cutAt !== undefined && data.includes(this.#cutAt);
        if (!cut) return void to.write(data);
        this.#cutAt = undefined;
        from.destroy();
      });
      from.on('error', () => {});
      from.on('close', () => to.destroy());
      if (this.#silent) from.pause();
    }
  }
}
