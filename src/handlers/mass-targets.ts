import type { Context } from '../context.ts';
import type { NewItem } from '../db/mass-runs.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t, type Words } from '../services/answers/words.ts';
import { MOST_ID_BYTES } from '../workers/ids/limits.ts';
import { shareBytes } from '../workers/shared-bytes.ts';
import { type Chosen, readMembers } from './member-filter.ts';
import type { AttachmentOption } from './options.ts';

/** More than a moderator ever has at a time, and an hour's work at five a second. */
export const MOST_TARGETS = 5_000;

/** Whom somebody named, and what else stood there. */
export interface Named {
  readonly items: readonly NewItem[];
  readonly twice?: number;
  readonly rubbish?: number;
  /** Some of what stood there and is no id. */
  readonly shown?: readonly string[];
  /** What else is to be known before it begins. */
  readonly notes?: readonly Words[];
}

/** Whom somebody means: these, or the members who fit. */
export interface Given {
  readonly guild: string;
  readonly filter?: Chosen | undefined;
  readonly ids: string | undefined;
  readonly file: AttachmentOption | undefined;
}

/** Reads whom a pasted text and a file name, in a thread, or finds who fits. UserError when that is nobody, or too many. */
export async function readNamed(given: Given, context: Context, signal: AbortSignal): Promise<Named> {
  const { ids, file, filter, guild } = given;
  if (filter) {
    if (ids !== undefined || file !== undefined) throw new UserError('mass.targets.either');
    const { items, read } = await readMembers({ ...filter, guild, most: MOST_TARGETS }, context, signal);
    return { items, notes: [t('mass.preview.read', { count: read })] };
  }
  if (ids === undefined && file === undefined) throw new UserError('mass.targets.none');
  const { workers, discord } = context;
  const bytes = file && (await fetched(file, context, signal));
  const asked = {
    ...(ids !== undefined && { text: ids }),
    ...(bytes && { file: shareBytes(bytes) }),
    most: MOST_TARGETS,
  };
  const { ids: found, beyond, ...rest } = await workers.offload('readIds', asked, { signal });
  if (beyond > 0) throw new UserError('mass.targets.tooMany', { count: found.length + beyond, most: MOST_TARGETS });
  if (found.length === 0) throw new UserError('mass.targets.nobody', { rubbish: rest.rubbish });
  return { ...rest, items: found.map((id) => ({ target: id, name: discord.users.cache.get(id)?.username ?? '' })) };
}

async function fetched(file: AttachmentOption, { inspector }: Context, signal: AbortSignal): Promise<Uint8Array> {
  const fetching = { download: { maxBytes: MOST_ID_BYTES, deadlineMs: 15_000 }, signal };
  using place = await inspector.reserve([file], fetching);
  const { bytes } = await inspector.download(file, fetching);
  place.holds(bytes.byteLength);
  return bytes;
}
