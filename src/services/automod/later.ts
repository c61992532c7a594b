import type { Context } from '../../context.ts';
import { BusyError, DeadlineError } from '../../lib/errors.ts';
import type { Key } from '../../lib/i18n.ts';
import type { Level } from '../../workers/inspect/report.ts';
import type { Trigger } from '../../workers/rules/schema.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { UserError } from '../answers/user-error.ts';
import type { Attached, Verdict as FileVerdict, Inspecting } from '../inspector/inspector.ts';
import { limitsOf } from '../inspector/limits.ts';
import type { InviteServers } from './invites.ts';
import type { JudgedMessage } from './judged.ts';

/** What late triggers ask. */
export type LateNeeds = Pick<
  Context,
  'backtracking' | 'config' | 'discord' | 'inspector' | 'log' | 'now' | 'settings' | 'shield'
>;

interface Asked {
  readonly message: JudgedMessage;
  readonly verdict: Verdict;
  readonly signal: AbortSignal;
  readonly invites: InviteServers;
}

/** As Discord shows it, or by name. Drawings in XML have no hash. */
const PICTURES = /^image\/(?!svg)/;
/** What costs nothing is fetched up to this size to be compared, as the shield does. Bytes. */
const LARGEST_COMPARED = 50_000_000;
/** What threads were lost to, or would be, is as bad as it gets. */
const DEADLY: readonly Key[] = ['inspect.refused.unsafe', 'inspect.refused.deadly'];

/** Whether a trigger holds for which something has to be fetched or asked; undefined where nobody can say. */
export async function holdsLater(trigger: Trigger, asked: Asked, context: LateNeeds): Promise<boolean | undefined> {
  try {
    return await ask(trigger, asked, context);
  } catch (error) {
    if (!isNoAnswer(error, asked.signal)) throw error;
    context.log.debug({ error, trigger: trigger.type }, 'nobody can say whether a trigger holds');
    return undefined;
  }
}

async function ask(trigger: Trigger, asked: Asked, context: LateNeeds): Promise<boolean | undefined> {
  switch (trigger.type) {
    case 'file':
      return await someFile(asked, context, (level) =>
        trigger.verdict === 'dangerous' ? level === 'dangerous' : level === 'dangerous' || level === 'careful',
      );
    case 'picture':
      return await somePicture(asked, context);
    case 'invite':
      return await someInvite(new Set([...trigger.allow, asked.message.guild]), asked);
    case 'pattern': {
      const { source, ignoreCase, of } = trigger;
      const { guild, text, shown } = asked.message;
      let none: false | undefined = false;
      for (const part of [text, ...shown]) {
        const pattern = { guild, source, ignoreCase, of, text: part };
        const matches = await context.backtracking.matches(pattern, asked.signal);
        if (matches) return true;
        if (matches === undefined) none = undefined;
      }
      return none;
    }
    default:
      return false;
  }
}

async function someFile(
  { message, signal }: Asked,
  context: LateNeeds,
  bad: (level: Level) => boolean,
): Promise<boolean | undefined> {
  const inspecting = await inspectingFor(message, signal, context);
  let none: false | undefined = false;
  for (const file of attachedTo(message)) {
    const verdict = await inspect(file, inspecting, context);
    const level = verdict === 'deadly' ? 'dangerous' : verdict?.level;
    if (level !== undefined && bad(level)) return true;
    if (level === undefined || level === 'unseen') none = undefined;
  }
  return none;
}

async function somePicture({ message, signal }: Asked, context: LateNeeds): Promise<boolean | undefined> {
  if (!(await context.shield.blocksIn(message.guild))) return false;
  const { download, ...inspecting } = await inspectingFor(message, signal, context);
  const larger = { ...download, maxBytes: Math.max(download.maxBytes, LARGEST_COMPARED) };
  let none: false | undefined = false;
  for (const file of attachedTo(message).filter(({ contentType }) => PICTURES.test(contentType ?? ''))) {
    const verdict = await inspect(file, { ...inspecting, download: larger }, context);
    if (!verdict || verdict === 'deadly') {
      none = undefined;
      continue;
    }
    const { own } = await context.shield.match(message.guild, verdict.report.hashes, signal);
    if (own.length > 0) return true;
  }
  return none;
}

/** An invitation that leads to no server is to none of those that are allowed. */
async function someInvite(
  allowed: ReadonlySet<string>,
  { message, verdict, signal, invites }: Asked,
): Promise<boolean | undefined> {
  let none: false | undefined = false;
  for (const code of verdict.invites ?? []) {
    const server = await invites.of(code, message.guild, signal);
    if (server === undefined) none = undefined;
    else if (server === null || !allowed.has(server)) return true;
  }
  return none;
}

/** Nothing where it could not be looked into: that there is too much to do says nothing of a file. */
async function inspect(
  file: Attached,
  inspecting: Inspecting,
  { inspector, log }: LateNeeds,
): Promise<FileVerdict | 'deadly' | undefined> {
  try {
    return await inspector.inspect(file, inspecting);
  } catch (error) {
    if (error instanceof UserError && DEADLY.includes(error.said.key)) return 'deadly';
    if (!isNoAnswer(error, inspecting.signal)) throw error;
    log.debug({ error }, 'automod could not look into a file');
    return undefined;
  }
}

function isNoAnswer(error: unknown, signal: AbortSignal): boolean {
  const passes = error instanceof BusyError || error instanceof DeadlineError || error instanceof UserError;
  return passes || signal.aborted;
}

async function inspectingFor({ guild, author }: JudgedMessage, signal: AbortSignal, context: LateNeeds) {
  const files = await context.settings.of(guild, 'files');
  return { ...limitsOf(files, context.config), askedBy: author, signal, unasked: true } satisfies Inspecting;
}

function attachedTo({ files }: JudgedMessage): readonly Attached[] {
  return files.map(({ filename: name, size, url, content_type: contentType = null }) => ({
    name,
    size,
    url,
    contentType,
  }));
}
