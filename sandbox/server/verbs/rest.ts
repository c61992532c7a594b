import { ApiError, SandboxError } from '../api-error.ts';
import type { NumberedFile } from '../http/define-route.ts';
import { answerOf, callOf } from '../http/rest.ts';
import type { UploadedFile } from '../state/file-store.ts';
import { personId, type World } from './world.ts';

export interface RestOptions {
  readonly as?: string;
  readonly body?: unknown;
  readonly files?: readonly UploadedFile[];
  /** For the audit log. */
  readonly reason?: string;
}

/**
 * Does as a person whatever Discord's REST can do: kick, rename a channel, give a role. Permissions and ranks hold for
 * people too; what Discord would refuse is thrown as an `ApiError` with its code. `path` may have a query.
 */
export async function personRest(world: World, method: string, path: string, o: RestOptions = {}): Promise<unknown> {
  const [pathname = '', query = ''] = path.split('?');
  const match = world.router.find(method, pathname);
  if (!match || match === 'method') throw new SandboxError(`the stand-in has no route ${method} ${pathname}`);
  const files = (o.files ?? []).map((file, at): NumberedFile => ({ ...file, index: String(at) }));
  const body = { json: o.body, files };
  const call = callOf(world.state, match, personId(world, o.as), {
    body,
    query,
    reason: o.reason,
    receivedAt: performance.now(),
  });
  const outcome = answerOf(await match.route.run(call));
  if (outcome.status >= 400) throw new ApiError(outcome.status, 0, String(outcome.status));
  return outcome.body;
}
