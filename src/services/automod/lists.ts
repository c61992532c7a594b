import type { ListChange, ListKind, ListVersion, StoredList } from '../../db/automod-lists.ts';
import {
  changeList,
  listChanges,
  listsOf,
  listVersion,
  rulesNaming,
  storeVersion,
  versionText,
} from '../../db/automod-lists.ts';
import { touchRules } from '../../db/automod-rules.ts';
import type { Database, Tx } from '../../db/connect.ts';
import type { Workers } from '../../workers/offload.ts';
import type { TaskOutput } from '../../workers/task.ts';
import type { Tasks } from '../../workers/worker.ts';
import { UserError } from '../answers/user-error.ts';
import { code } from '../answers/words.ts';
import { entryProblemInWords, refusalInWords } from './list-in-words.ts';
import { checkRoom } from './list-limits.ts';
import type { RuleSets } from './rules.ts';

type ReadTerms = TaskOutput<Tasks, 'readTerms'>;

/** What somebody wants of a list: it made anew, or so many entries added or taken out. */
export interface ListOrder {
  readonly guild: string;
  /** As it was typed. */
  readonly name: string;
  /** Without: what the list is of already, words for a new one. */
  readonly kind?: ListKind | undefined;
  readonly how: 'replace' | 'add' | 'remove';
  readonly typed?: string | undefined;
  readonly file?: { readonly name: string; readonly bytes: SharedArrayBuffer } | undefined;
  readonly by: string;
}

/** What came of it. `idle` were there already, or not there at all; of the `bad` the first are told. */
export interface ListOutcome
  extends Pick<Extract<ReadTerms, { kind: 'read' }>, 'changed' | 'idle' | 'bad' | 'problems'> {
  readonly list: StoredList;
  /** Which change that was, to be taken back; nothing where nothing was changed. */
  readonly change: string | undefined;
}

interface Kind {
  readonly kind: ListKind;
}

interface Opening {
  readonly database: Database;
  readonly workers: Workers;
  /** Told at once: the notification may come after the next message. */
  readonly rules: Pick<RuleSets, 'heard'>;
}

const DEADLINE_MS = 30_000;
/** Others may change the same list meanwhile. */
const TRIES = 3;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,31}$/u;

/** A list's name as it is kept: small letters, a hyphen for white space. UserError when it cannot be one. */
export function listName(typed: string): string {
  const name = typed.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, '-');
  if (!NAME.test(name)) throw new UserError('automod.lists.badName');
  return name;
}

/** The lists of terms and of domains that servers keep for their rules. What changes one has the rules compiled anew. */
export class AutomodLists {
  readonly #database: Database;
  readonly #workers: Workers;
  readonly #rules: Opening['rules'];

  constructor({ database, workers, rules }: Opening) {
    this.#database = database;
    this.#workers = workers;
    this.#rules = rules;
  }

  /** A server's lists by name. */
  of(guild: string): Promise<readonly StoredList[]> {
    return listsOf(this.#database.db, guild);
  }

  /** UserError when there is none of that name. */
  async find(guild: string, typed: string): Promise<StoredList> {
    return found(await this.of(guild), listName(typed));
  }

  /** Changes a list, or makes it. UserError when it cannot be read, nothing of it is any good, or it is too much for one server. */
  async change(order: ListOrder, signal: AbortSignal): Promise<ListOutcome> {
    const name = listName(order.name);
    for (let tries = 1; ; tries++) {
      const lists = await this.of(order.guild);
      const list = order.how === 'remove' ? found(lists, name) : lists.find((one) => one.name === name);
      const kind = order.kind ?? list?.kind ?? 'words';
      if (list && list.kind !== kind) throw new UserError(`automod.lists.isOf.${list.kind}`, { name: code(name) });
      const base = list && order.how !== 'replace' ? await this.#text(list, signal) : undefined;
      const read = base !== 'gone' && (await this.#read({ ...order, kind }, base, signal));
      const stored = read && (await this.#store({ ...order, name, kind }, list?.version ?? null, read));
      if (read && stored) {
        const { changed, idle, bad, problems } = read;
        return { ...stored, changed, idle, bad, problems };
      }
      if (tries === TRIES) throw new UserError('automod.lists.busy', { name: code(name) });
    }
  }

  /** Takes a list away. UserError while rules name it. */
  async remove({ guild, name: typed, by }: Pick<ListOrder, 'guild' | 'name' | 'by'>) {
    const name = listName(typed);
    return this.#within(guild, async (tx) => {
      const list = found(await listsOf(tx, guild), name);
      await mustBeFree(tx, guild, name);
      const change = await changeList(tx, { guild, name, before: list.version, after: null, by });
      return { name, change };
    });
  }

  /**
   * Puts back what a list was before a change; `entries` are those it has then, nothing when there was no list. UserError when that is not kept
   * any more, or too much now, or there would be none and rules name it.
   */
  async undo({ guild, id, by }: { readonly guild: string; readonly id: string; readonly by: string }) {
    return this.#within(guild, async (tx) => {
      const [change] = await listChanges(tx, guild, { id, limit: 1 });
      if (!change?.undoable) throw new UserError('automod.lists.cannotUndo');
      const { name, before } = change;
      const lists = await listsOf(tx, guild);
      const now = lists.find((list) => list.name === name);
      if ((now?.version ?? null) === before) throw new UserError('automod.lists.isSo', { name: code(name) });
      const back = before === null ? undefined : await listVersion(tx, guild, before);
      if (back) checkRoom(lists, { ...back, name });
      else await mustBeFree(tx, guild, name);
      await changeList(tx, { guild, name, before: now?.version ?? null, after: before, by, undoes: id });
      return { name, entries: back?.entries };
    });
  }

  /** The last changes of a server's lists, or of one of them, newest first. */
  changes(guild: string, asked: { readonly name?: string; readonly limit: number }): Promise<readonly ListChange[]> {
    return listChanges(this.#database.db, guild, asked);
  }

  /** A list as a file: an entry a line, UTF-8. */
  async export(guild: string, typed: string, signal: AbortSignal): Promise<{ list: StoredList; bytes: Buffer }> {
    const list = await this.find(guild, typed);
    const text = await this.#text(list, signal);
    if (text === 'gone') throw new UserError('automod.lists.busy', { name: code(list.name) });
    return { list, bytes: Buffer.from(new Uint8Array(text)) };
  }

  async #text({ version, size }: ListVersion, signal: AbortSignal): Promise<SharedArrayBuffer | 'gone'> {
    return (await versionText(this.#database.db, { version, size }, signal)) ?? 'gone';
  }

  async #read({ kind, how, typed, file }: ListOrder & Kind, base: SharedArrayBuffer | undefined, signal: AbortSignal) {
    const asked = { kind, remove: how === 'remove', ...(typed !== undefined && { typed }), ...(file && { file }) };
    const input = { ...asked, ...(base && { base }) };
    const read = await this.#workers.offload('readTerms', input, { signal, deadlineMs: DEADLINE_MS });
    if (read.kind === 'refused') throw new UserError('automod.lists.refused', { why: refusalInWords(read) });
    if (read.changed + read.idle > 0) return read;
    const [first] = read.problems;
    throw first
      ? new UserError('automod.lists.allBad', { first: entryProblemInWords(first) })
      : new UserError('automod.lists.nothing');
  }

  /** Nothing when somebody has changed the list since it was read. */
  #store(
    { guild, name, kind, how, by }: ListOrder & Kind,
    base: string | null,
    { bytes, entries, letters, changed }: Extract<ReadTerms, { kind: 'read' }>,
  ): Promise<Pick<ListOutcome, 'list' | 'change'> | undefined> {
    return this.#within(guild, async (tx) => {
      const lists = await listsOf(tx, guild);
      const now = lists.find((list) => list.name === name);
      if ((now?.version ?? null) !== base) return undefined;
      if (now && changed === 0 && how !== 'replace') return { list: now, change: undefined };
      const list = { name, kind, entries, letters, size: bytes.byteLength };
      checkRoom(lists, list);
      const version = await storeVersion(tx, guild, list, bytes);
      const change = await changeList(tx, { guild, name, before: base, after: version, by });
      return { list: { ...list, version }, change };
    });
  }

  /** One after the other in a server, and with those who change its rules, which are compiled anew afterwards. */
  async #within<T>(guild: string, run: (tx: Tx) => Promise<T>): Promise<T> {
    const { version, value } = await this.#database.begin(async (tx, notify) => {
      const version = await touchRules({ tx, notify }, guild);
      return { version, value: await run(tx) };
    });
    this.#rules.heard(`${guild} ${version}`);
    return value;
  }
}

async function mustBeFree(tx: Tx, guild: string, name: string): Promise<void> {
  const rules = await rulesNaming(tx, guild, name);
  if (rules[0] !== undefined)
    throw new UserError('automod.lists.inUse', { name: code(name), rule: code(rules[0]), count: rules.length });
}

function found(lists: readonly StoredList[], name: string): StoredList {
  const list = lists.find((one) => one.name === name);
  if (!list) throw new UserError('automod.lists.noSuchList', { name: code(name) });
  return list;
}
