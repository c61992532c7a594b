import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { size } from '../../services/answers/words.ts';
import { readRules } from '../../services/automod/read-rules.ts';
import { MOST_RULES_BYTES } from '../../workers/rules/read/limits.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { shareBytes } from '../../workers/shared-bytes.ts';
import type { AttachmentOption } from '../options.ts';

/** Bytes of an uploaded file, in memory that threads can see. UserError where it has more than `most`, before any of it is fetched. */
export async function fetchShared(
  file: AttachmentOption,
  most: number,
  { inspector }: Pick<Context, 'inspector'>,
  signal: AbortSignal,
): Promise<SharedArrayBuffer> {
  if (file.size > most) throw new UserError('automod.read.tooLarge', { size: size(file.size), most: size(most) });
  const fetching = { download: { maxBytes: most, deadlineMs: 15_000 }, signal };
  using place = await inspector.reserve([file], fetching);
  const { bytes } = await inspector.download(file, fetching);
  place.holds(bytes.byteLength);
  return shareBytes(bytes);
}

/** The rules in an uploaded file. UserError that says by line and column what does not fit. */
export async function rulesInFile(
  file: AttachmentOption,
  signal: AbortSignal,
  context: Pick<Context, 'inspector' | 'workers'>,
): Promise<readonly Rule[]> {
  const shared = await fetchShared(file, MOST_RULES_BYTES, context, signal);
  return await readRules({ file: shared }, context, signal);
}

/** The same where it has to be one. */
export async function oneRuleIn(
  source: AttachmentOption | { readonly text: string },
  signal: AbortSignal,
  context: Pick<Context, 'inspector' | 'workers'>,
): Promise<Rule> {
  const read = 'text' in source ? readRules(source, context, signal) : rulesInFile(source, signal, context);
  const [rule, other] = await read;
  if (!rule || other) throw new UserError('automod.read.notOne');
  return rule;
}
