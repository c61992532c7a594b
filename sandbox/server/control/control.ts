import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, SandboxError } from '../api-error.ts';
import { Form } from '../http/form.ts';
import { readBody } from '../http/read-body.ts';
import type { Sandbox } from '../sandbox.ts';
import { FaultVerb } from './fault-verb.ts';
import { ControlFiles } from './files.ts';
import { VERBS } from './verbs.ts';

const SAMPLE = /^\/sandbox\/samples\/([^/]+)$/;
const VERB = /^\/sandbox\/api\/([a-zA-Z]+)$/;

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** The sandbox's own HTTP interface: `POST /sandbox/api/<verb>`, its state, and the sample files. */
export class Control {
  readonly #sandbox: Sandbox;
  readonly #files: ControlFiles;
  readonly #fault: FaultVerb;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#files = new ControlFiles(sandbox.samples);
    this.#fault = new FaultVerb(sandbox.faults);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const sample = SAMPLE.exec(url.pathname);
    if (sample) {
      this.#sample(response, decodeURIComponent(sample[1] ?? ''));
      return;
    }
    const { status, body } = await this.#answer(request, url);
    const text = JSON.stringify(body ?? null);
    response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text);
  }

  #sample(response: ServerResponse, name: string): void {
    const sample = this.#sandbox.samples.get(name);
    if (!sample) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': sample.contentType,
      'content-length': sample.bytes.length,
      'x-content-type-options': 'nosniff',
    });
    response.end(sample.bytes);
  }

  async #answer(request: IncomingMessage, url: URL): Promise<Answered> {
    try {
      if (url.pathname === '/sandbox/api/state' && request.method === 'GET')
        return { status: 200, body: this.#state() };
      const verb = VERB.exec(url.pathname)?.[1];
      if (verb === undefined || request.method !== 'POST') return failed(404, 'SandboxError', 'there is no such verb');
      return { status: 200, body: await this.#run(verb, request) };
    } catch (error) {
      if (error instanceof ApiError) return failed(error.status, error.name, error.message, error.code, error.errors);
      if (error instanceof SandboxError) return failed(400, error.name, error.message);
      throw error;
    }
  }

  async #run(verb: string, request: IncomingMessage): Promise<unknown> {
    // A foreign page can post plain text without asking first; JSON and forms with our Origin it cannot.
    const { json, files: parts } = await readBody(request, { largestFile: Number.POSITIVE_INFINITY });
    if (verb === 'status') return this.#sandbox.live.tellStatus(json);
    const form = new Form(json ?? {});
    if (verb === 'fault') return this.#fault.run(form);
    const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!run) throw new SandboxError(`there is no verb "${verb}"; there are ${Object.keys(VERBS).join(', ')}`);
    return run({ sandbox: this.#sandbox, form, files: this.#files, parts });
  }

  #state(): object {
    const { url, apiUrl, cdnUrl, guildId, people, channels, roles, gateway } = this.#sandbox;
    const connected = gateway.reaches(guildId);
    return { url, apiUrl, cdnUrl, guildId, people, channels, roles, samples: this.#sandbox.sampleList, connected };
  }
}

function failed(status: number, name: string, message: string, code?: number, errors?: object): Answered {
  return { status, body: { error: { name, message, ...(code !== undefined && { code }), ...(errors && { errors }) } } };
}
