import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, invalidForm } from '../api-error.ts';
import type { Faults, RestFault } from '../faults.ts';
import type { Journal } from '../journal.ts';
import { limited, type RateLimits } from '../rate-limits.ts';
import type { State } from '../state/state.ts';
import { Answer, type Call } from './define-route.ts';
import { Form } from './form.ts';
import { type Body, readBody } from './read-body.ts';
import type { Match, Router } from './router.ts';

export interface RestParts {
  readonly state: State;
  readonly router: Router;
  readonly journal: Journal;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly onCrash: (error: unknown, what: string) => void;
}

interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const LONGEST_REASON = 512;
const NOTHING: Body = { json: undefined, files: [] };

/** Carries out REST requests as Discord would: fault, token, rate limit, route, and one catch for all of it. */
export class Rest {
  readonly #parts: RestParts;

  constructor(parts: RestParts) {
    this.#parts = parts;
  }

  /** `path` is what stands behind `/api/v10`. */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> {
    const receivedAt = performance.now();
    const { router, faults } = this.#parts;
    const method = request.method ?? 'GET';
    const match = router.find(method, path);
    const route = match && match !== 'method' ? match.route.path : undefined;
    const fault = faults.meetRest(method, route, path);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    let body = NOTHING;
    let outcome: Outcome;
    const reason = reasonOf(request);
    try {
      body = await readBody(request);
      if (fault?.kind === 'silent') return;
      if (fault?.kind === 'slow') await sleep(fault.ms);
      outcome = faultOutcome(fault) ?? (await this.#run(request, match, { body, query, reason, receivedAt }));
    } catch (error) {
      outcome = this.#failure(error, `${method} ${path}`);
    }
    this.#parts.journal.add({
      kind: 'request',
      method,
      path,
      route,
      query,
      body: body.json,
      files: body.files.map(({ name }) => name),
      reason,
      status: outcome.status,
      answer: outcome.body,
      ms: performance.now() - receivedAt,
    });
    if (fault?.kind === 'lose-answer') return void request.socket.destroy();
    send(response, outcome);
  }

  async #run(
    request: IncomingMessage,
    match: Match | 'method' | undefined,
    o: { body: Body; query: string; reason: string | undefined; receivedAt: number },
  ): Promise<Outcome> {
    const { state, limits } = this.#parts;
    if (!match) throw new ApiError(404, 0, '404: Not Found');
    if (match === 'method') throw new ApiError(405, 0, '405: Method Not Allowed');
    if (!match.route.open && request.headers.authorization !== `Bot ${state.token}`) {
      throw new ApiError(401, 0, '401: Unauthorized');
    }
    const verdict = limits.check(match.route, match.params, state.now());
    if (verdict.limited) return { ...tooMany(verdict.limited), headers: verdict.headers };
    try {
      const call = callOf(state, match, state.bot.id, o);
      return { ...answerOf(await match.route.run(call)), headers: verdict.headers };
    } catch (error) {
      return { ...this.#failure(error, `${match.route.method} ${match.route.path}`), headers: verdict.headers };
    }
  }

  #failure(error: unknown, what: string): Outcome {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    this.#parts.onCrash(error, what);
    return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
  }
}

/** Puts together what a route is given, for the bot's requests and for those of people alike. */
export function callOf(
  state: State,
  match: Match,
  actor: string,
  o: { body: Body; query: string; reason: string | undefined; receivedAt: number },
): Call {
  const { json } = o.body;
  if (o.reason !== undefined && o.reason.length > LONGEST_REASON) {
    throw invalidForm(['reason'], 'BASE_TYPE_MAX_LENGTH', `Must be ${LONGEST_REASON} or fewer in length.`);
  }
  return {
    state,
    actor,
    params: match.params,
    query: new URLSearchParams(o.query),
    body: new Form(json === undefined || Array.isArray(json) ? {} : json),
    rawBody: json,
    files: o.body.files,
    reason: o.reason,
    receivedAt: o.receivedAt,
  };
}

export function answerOf(result: unknown): Outcome {
  if (result instanceof Answer) return { status: result.status, body: result.body };
  return result === undefined ? { status: 204, body: undefined } : { status: 200, body: result };
}

function faultOutcome(fault: RestFault | undefined): Outcome | undefined {
  if (fault?.kind === 'status') {
    return { status: fault.status, body: fault.body ?? { message: `${fault.status}: fault on demand`, code: 0 } };
  }
  if (fault?.kind !== 'rate-limit') return undefined;
  const over = { retryAfterMs: fault.retryAfterMs, global: fault.global ?? false };
  return { ...tooMany(over), headers: limited(over.retryAfterMs, over.global, {}).headers };
}

function tooMany(over: { retryAfterMs: number; global: boolean }): Outcome {
  const seconds = Math.ceil(over.retryAfterMs) / 1_000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', code: 0, retry_after: seconds, global: over.global },
  };
}

function reasonOf(request: IncomingMessage): string | undefined {
  const header = request.headers['x-audit-log-reason'];
  if (typeof header !== 'string') return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

function send(response: ServerResponse, { status, body, headers }: Outcome): void {
  if (body === undefined) {
    response.writeHead(status, { ...headers, via: '1.1 sandbox' }).end();
    return;
  }
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      via: '1.1 sandbox',
    })
    .end(text);
}
