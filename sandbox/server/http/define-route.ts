import type { Id } from '../snowflake.ts';
import type { UploadedFile } from '../state/file-store.ts';
import type { State } from '../state/state.ts';
import type { Form } from './form.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type ParamsOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsOf<Rest> : never;

/** One request, as a route sees it. */
export interface Call<Param extends string = string> {
  readonly state: State;
  /** Whose request this is: the bot over HTTP, any person through the sandbox's verbs. */
  readonly actor: Id;
  readonly params: Readonly<Record<Param, string>>;
  readonly query: URLSearchParams;
  readonly body: Form;
  /** The body when it is a list, as some routes take one. */
  readonly rawBody: unknown;
  readonly files: readonly NumberedFile[];
  /** X-Audit-Log-Reason, decoded. */
  readonly reason: string | undefined;
  /** `performance.now()` when the request's head had arrived. */
  readonly receivedAt: number;
}

export interface NumberedFile extends UploadedFile {
  /** The n of `files[n]`, which `attachments[].id` refers to. */
  readonly index: string;
}

/** An answer other than 200 with a body or 204 without. */
export class Answer {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body?: unknown) {
    this.status = status;
    this.body = body;
  }
}

export interface Route {
  readonly method: Method;
  /** In the form of Discord's OpenAPI description: `/channels/{channel_id}`. */
  readonly path: string;
  /** A token in the path is the key: no bot token is asked for. */
  readonly open: boolean;
  readonly run: (call: Call) => unknown;
}

type Run<P extends string> = (call: Call<ParamsOf<P>>) => unknown;

function routeOf(open: boolean) {
  return <const P extends string>(method: Method, path: P, run: Run<P>): Route => ({
    method,
    path,
    open,
    // The router fills exactly the parameters that the path names.
    run: run as (call: Call) => unknown,
  });
}

/** A route for whoever holds the bot token. What `run` returns is the answer's body; undefined means 204. */
export const route = routeOf(false);
/** A route whose path holds its own key (interaction and webhook tokens). */
export const openRoute = routeOf(true);
