import { SandboxError } from '../api-error.ts';
import type { Faults, FileFault, RestFault, Span } from '../faults.ts';
import { type Form, present } from '../http/form.ts';

/** The verb `fault`: what goes wrong on demand, by name. Those that last get an id, with which they are lifted. */
export class FaultVerb {
  readonly #faults: Faults;
  readonly #lifts = new Map<number, () => void>();
  #next = 1;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  run(form: Form): unknown {
    if (form.has('rest')) return this.#keep(this.#faults.rest(form.needText('rest'), restFault(form), span(form)));
    if (form.has('files')) return this.#keep(this.#faults.files(form.needText('files'), fileFault(form), span(form)));
    if (form.has('gateway')) return gatewayFault(this.#faults, form);
    if (form.has('refuse')) return this.#faults.refuse(form.number('refuse', { min: 0 }));
    if (form.flag('accept')) return this.#faults.accept();
    if (form.has('away')) return this.#away(form.number('away', { min: 0, max: 600_000 }) ?? 0);
    if (form.has('lift')) return this.#lift(form.int('lift') ?? 0);
    if (!form.flag('clear'))
      throw new SandboxError('a fault is one of rest, files, gateway, refuse, accept, away, lift, clear');
    this.#lifts.clear();
    return this.#faults.clear();
  }

  #keep(lift: () => void): { fault: number } {
    const fault = this.#next++;
    this.#lifts.set(fault, lift);
    return { fault };
  }

  #lift(id: number): void {
    this.#lifts.get(id)?.();
    this.#lifts.delete(id);
  }

  /** Answers first: the connection this came on is cut too. */
  #away(ms: number): undefined {
    setTimeout(() => void this.#faults.away(ms), 20);
  }
}

function span(form: Form): Span {
  return present({
    times: form.int('times', { min: 1 }),
    forMs: form.number('forMs', { min: 0 }),
    method: form.text('method'),
  });
}

function restFault(form: Form): RestFault {
  const fault = form.needChild('fault');
  const kind = fault.needText('kind');
  switch (kind) {
    case 'status':
      return { kind, status: fault.int('status', { min: 400, max: 599 }) ?? 500, body: fault.raw('body') };
    case 'rate-limit':
      return { kind, retryAfterMs: fault.number('retryAfterMs') ?? 1_000, global: fault.flag('global') ?? false };
    case 'slow':
      return { kind, ms: fault.number('ms') ?? 1_000 };
    case 'reset':
    case 'silent':
    case 'lose-answer':
      return { kind };
    default:
      throw new SandboxError(`REST has no fault "${kind}"`);
  }
}

function fileFault(form: Form): FileFault {
  const fault = form.needChild('fault');
  const kind = fault.needText('kind');
  switch (kind) {
    case 'status':
      return { kind, status: fault.int('status', { min: 400, max: 599 }) ?? 404 };
    case 'truncate':
      return { kind, bytes: fault.int('bytes', { min: 0 }) ?? 0 };
    case 'slow':
      return { kind, bytesPerSecond: fault.number('bytesPerSecond', { min: 1 }) ?? 1_000 };
    case 'grow':
      return { kind, bytes: fault.int('bytes', { min: 0, max: 100_000_000 }) ?? 0 };
    case 'redirect':
      return { kind, to: fault.needText('to') };
    case 'reset':
      return { kind };
    default:
      throw new SandboxError(`files have no fault "${kind}"`);
  }
}

function gatewayFault({ gateway }: Faults, form: Form): void {
  const kind = form.needText('gateway');
  switch (kind) {
    case 'drop':
      gateway.drop(form.int('code'), form.text('reason'));
      return;
    case 'zombie':
      gateway.zombie(form.flag('stop') ?? true);
      return;
    case 'reconnect':
      gateway.reconnect();
      return;
    case 'invalidSession':
      gateway.invalidSession(form.flag('resumable') ?? false);
      return;
    case 'frame':
      gateway.frame(form.needText('text', { max: 1_000_000 }));
      return;
    default:
      throw new SandboxError(`the gateway has no fault "${kind}"`);
  }
}
