/** What people have under way, so that a button can stop it. That of another process, or of before a restart, is not here. */
export class Runs {
  readonly #running = new Map<string, { readonly owner: string; readonly stop: AbortController }>();

  /** Lists a run until disposed; its signal is aborted when its owner cancels it. */
  begin(owner: string): Disposable & { readonly id: string; readonly signal: AbortSignal } {
    const id = crypto.randomUUID().slice(0, 8);
    const stop = new AbortController();
    this.#running.set(id, { owner, stop });
    return { id, signal: stop.signal, [Symbol.dispose]: () => void this.#running.delete(id) };
  }

  /** Whether there was something to cancel; only whoever asked may. */
  cancel(id: string, by: string): 'cancelled' | 'not yours' | 'gone' {
    const run = this.#running.get(id);
    if (!run) return 'gone';
    if (run.owner !== by) return 'not yours';
    run.stop.abort(new CancelledError('the person cancelled it'));
    return 'cancelled';
  }

  /** Cancels whatever somebody has under way. */
  cancelAllOf(owner: string): void {
    for (const run of this.#running.values())
      if (run.owner === owner) run.stop.abort(new CancelledError('what it is about goes'));
  }
}

/** Somebody pressed "Cancel". */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
