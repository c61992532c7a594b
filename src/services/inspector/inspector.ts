import { createHash } from 'node:crypto';
import type { JSONValue } from 'postgres';
import type { Db } from '../../db/connect.ts';
import {
  countDeath,
  deathsOf,
  type InspectionKey,
  keepInspection,
  readInspection,
  rememberFile,
} from '../../db/inspections.ts';
import { BusyError, DeadlineError, TaskError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/log.ts';
import { Runs } from '../../lib/runs.ts';
import { DownloadError, type Downloaded } from '../../workers/download.ts';
import type { Limits } from '../../workers/inspect/budget.ts';
import { type Level, levelOf, type Report } from '../../workers/inspect/report.ts';
import type { Io } from '../../workers/io.ts';
import type { Workers } from '../../workers/offload.ts';
import { UserError } from '../answers/user-error.ts';
import type { ExternalData } from '../external/external-data.ts';
import type { Admission, Place } from './admission.ts';
import { Flights } from './flights.ts';
import { openedAs, withName } from './opened-as.ts';
import { Recent } from './recent.ts';
import { packReport, unpackReport } from './stored-report.ts';

/** A file as Discord describes it; nothing of it has been fetched yet. */
export interface Attached {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly contentType: string | null;
}

/** What is said of a file: a plain value, for cards, for automod, for the log. */
export interface Verdict {
  readonly file: Attached;
  readonly level: Level;
  readonly sha256: string;
  readonly report: Report;
  /** Under which the file is remembered for its buttons. */
  readonly id: string;
}

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly deadlineMs: number;
}

export interface Inspecting {
  readonly download: DownloadLimits;
  readonly limits: Limits;
  readonly askedBy: string;
  readonly signal: AbortSignal;
  /** Whether nobody asked: an upload that is looked at gives way to files that people ask for. */
  readonly unasked?: boolean;
}

/** A file in memory. It keeps its place among the files under way until disposed. */
export interface Fetched extends Downloaded, Disposable {}

/** A file that a thread is risked on. */
export interface Risk {
  readonly sha256: string;
  readonly name: string;
}

/** What all who ask for the same file at a time are told of it. */
interface Arrived {
  readonly content: Report;
  readonly sha256: string;
  /** What arrived, whatever was announced. Bytes. */
  readonly size: number;
}

type Fetching = Pick<Inspecting, 'download' | 'signal' | 'unasked'>;

/** Raise it when openers say more or other things: what was kept from older ones is then asked anew. */
const VERSION = 10;
const KEPT_MS = 30 * 86_400_000;
/** Where the time was up: another time there may be time enough, but whoever posts it again at once costs nothing. */
const CUT_SHORT_KEPT_MS = 300_000;
/** Discord's addresses of attachments hold for a day. */
const BUTTONS_MS = 86_400_000;
/** After so many threads lost to it, a file is not opened any more. */
const MOST_DEATHS = 2;
/** Beyond the work's own limit: its threads give way to everybody else's, and only one that is stuck is to be ended. Milliseconds. */
const SLACK_MS = 8_000;
const MEGABYTE = 1_000_000;

/** Says what files are: fetched by the I/O thread, opened in a worker, kept by content so that the same file costs once. */
export class Inspector {
  readonly runs = new Runs();
  /** Files whose authors have been told of the secrets in them. */
  readonly warned = new Recent();
  readonly admission: Admission;
  /** Of the same address at a time only one download is under way, and takes a place. */
  readonly #arrivals = new Flights<Arrived>();
  /** Of the same content at a time only one is opened. */
  readonly #openings = new Flights<Report>();
  readonly #db: Db;
  readonly #io: Pick<Io, 'download'>;
  readonly #workers: Pick<Workers, 'offload'>;
  readonly #lists: Pick<ExternalData, 'domainLists' | 'listsVersion'>;
  readonly #log: Logger;
  readonly #now: () => Date;

  constructor(o: {
    readonly db: Db;
    readonly io: Pick<Io, 'download'>;
    readonly admission: Admission;
    readonly workers: Pick<Workers, 'offload'>;
    readonly lists: Pick<ExternalData, 'domainLists' | 'listsVersion'>;
    readonly log: Logger;
    readonly now: () => Date;
  }) {
    this.#db = o.db;
    this.#io = o.io;
    this.admission = o.admission;
    this.#workers = o.workers;
    this.#lists = o.lists;
    this.#log = o.log;
    this.#now = o.now;
  }

  /** UserError, in words for the person, when the file cannot be had or cannot be opened safely. */
  async inspect(file: Attached, inspecting: Inspecting): Promise<Verdict> {
    const opened = { ...file, name: openedAs(file.name) };
    const { download, limits, signal, unasked = false } = inspecting;
    const variant = variantOf(opened, limits, this.#lists.listsVersion());
    // Who asks does not wait for what gives way to others, nor for less than they may have.
    const same = JSON.stringify([file.url, file.size, variant, download, unasked]);
    const arriving = (stop: AbortSignal) => this.#arrive(opened, variant, { ...inspecting, signal: stop });
    const { content, sha256, size } = await this.#arrivals.join(same, signal, arriving);
    const report = withName(content, file.name);
    const { name, url } = file;
    const id = await rememberFile(this.#db, { sha256, name, url, askedBy: inspecting.askedBy }, this.#in(BUTTONS_MS));
    return { file: { ...file, size }, level: levelOf(report), sha256, report, id };
  }

  /** The bytes, within the limits, from a host that is allowed, once there is a place for them. */
  async fetch(file: Pick<Attached, 'size' | 'url'>, fetching: Fetching): Promise<Fetched> {
    using opened = new DisposableStack();
    const place = opened.use(await this.reserve([file], fetching));
    const downloaded = await this.download(file, fetching);
    place.holds(downloaded.bytes.byteLength);
    const owned = opened.move();
    return { ...downloaded, [Symbol.dispose]: () => owned.dispose() };
  }

  /**
   * A place for files that are needed together, until disposed: each waiting for the place of the other, none would
   * ever be opened. UserError when one is too large, or when there is too much to do.
   */
  async reserve(files: readonly Pick<Attached, 'size'>[], { download, signal, unasked }: Fetching): Promise<Place> {
    const { maxBytes } = download;
    if (files.some(({ size }) => size > maxBytes))
      throw new UserError('inspect.refused.tooLarge', { limit: maxBytes / MEGABYTE });
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return this.admission.enter({ files: files.length, bytes, signal, unasked });
  }

  /** The bytes of a file for which there is a place. */
  async download({ url }: Pick<Attached, 'url'>, { download, signal, unasked }: Fetching): Promise<Downloaded> {
    try {
      return await this.#io.download(url, { signal, ...download });
    } catch (error) {
      if (error instanceof BusyError) throw this.admission.turnAway('no-thread', unasked, { cause: error });
      throw error instanceof DownloadError ? inWords(error, download) : error;
    }
  }

  /**
   * Runs a worker's task on strangers' files; what cannot be done safely is said in words for the person, and files that
   * have cost threads are refused. With several files nobody knows whose fault a death is: it counts against them together.
   */
  async safely<T>(files: readonly Risk[], task: () => Promise<T>, unasked?: boolean): Promise<T> {
    const together = keyOf(files);
    const asked = new Set([...files.map(({ sha256 }) => sha256), together.sha256]);
    const deaths = await Promise.all([...asked].map((sha256) => deathsOf(this.#db, sha256, this.#now())));
    const name = files.map((file) => file.name).join(', ');
    if (deaths.some((count) => count >= MOST_DEATHS)) throw this.#deadly(together.sha256, name);
    return this.#risk(together, name, task, unasked);
  }

  async #arrive(file: Attached, variant: string, inspecting: Inspecting): Promise<Arrived> {
    using fetched = await this.fetch(file, inspecting);
    const { bytes, sha256 } = fetched;
    const size = bytes.byteLength; // the bytes themselves go to the thread
    const key: InspectionKey = { sha256, variant, version: VERSION };
    const content = await this.#openings.join(`${sha256} ${variant}`, inspecting.signal, (signal) =>
      this.#report(file, key, bytes, { ...inspecting, signal }),
    );
    return { content, sha256, size };
  }

  async #report(
    file: Attached,
    key: InspectionKey,
    bytes: Uint8Array<ArrayBuffer>,
    inspecting: Inspecting,
  ): Promise<Report> {
    return (await this.#known(file, key)) ?? (await this.#open(file, key, bytes, inspecting));
  }

  async #known({ name }: Attached, key: InspectionKey): Promise<Report | undefined> {
    const { report, deaths } = await readInspection(this.#db, key, this.#now());
    if (deaths >= MOST_DEATHS) throw this.#deadly(key.sha256, name);
    return unpackReport(report);
  }

  #deadly(sha256: string, name: string): UserError {
    this.#log.warn({ sha256, name }, 'a file that has cost threads is not opened again');
    return new UserError('inspect.refused.deadly');
  }

  async #open(
    { name, contentType }: Attached,
    key: InspectionKey,
    bytes: Uint8Array<ArrayBuffer>,
    { limits, signal, unasked }: Inspecting,
  ): Promise<Report> {
    const lists = [...this.#lists.domainLists()];
    const input = { bytes, name, declared: contentType ?? '', limits, lists };
    const waiting = { signal, deadlineMs: limits.milliseconds + SLACK_MS, transfer: [bytes.buffer] };
    const report = await this.#risk(key, name, () => this.#workers.offload('inspectFile', input, waiting), unasked);
    const cutShort = report.limits.some(({ limit }) => limit === 'milliseconds');
    const until = this.#in(cutShort ? CUT_SHORT_KEPT_MS : KEPT_MS);
    await keepInspection(this.#db, key, packReport(report) as JSONValue, until); // plain data
    return report;
  }

  /** The one place where a thread is risked on a stranger's file, and its loss counted against the file. */
  async #risk<T>(key: InspectionKey, name: string, task: () => Promise<T>, unasked = false): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (error instanceof BusyError) throw this.admission.turnAway('no-thread', unasked, { cause: error });
      if (!(error instanceof TaskError || error instanceof DeadlineError)) throw error;
      this.#log.warn({ error, sha256: key.sha256, name }, 'a file could not be opened safely');
      await countDeath(this.#db, key, this.#in(KEPT_MS));
      throw new UserError('inspect.refused.unsafe', {}, { cause: error });
    }
  }

  #in(ms: number): Date {
    return new Date(this.#now().getTime() + ms);
  }
}

function inWords(error: DownloadError, { maxBytes, deadlineMs }: DownloadLimits): UserError {
  const options = { cause: error };
  switch (error.code) {
    case 'too-large':
      return new UserError('inspect.refused.tooLarge', { limit: maxBytes / MEGABYTE }, options);
    case 'too-slow':
      return new UserError('inspect.refused.tooSlow', { seconds: deadlineMs / 1_000 }, options);
    case 'gone':
      return new UserError('inspect.refused.gone', {}, options);
    case 'host-not-allowed':
      return new UserError('inspect.refused.hostNotAllowed', {}, options);
    case 'failed':
      return new UserError('inspect.refused.downloadFailed', {}, options);
    default: {
      const never: never = error.code;
      return never;
    }
  }
}

/** What the deaths of a task on these files are counted under: for one file its own content. */
function keyOf(files: readonly Risk[]): InspectionKey {
  const [first, ...others] = files.map(({ sha256 }) => sha256);
  const sha256 = others.length === 0 ? (first ?? '') : digestOf([first, ...others].join(' '));
  return { sha256, variant: 'used', version: VERSION };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What an answer depends on besides the content. */
function variantOf({ name, contentType }: Attached, limits: Limits, lists: string): string {
  return digestOf(JSON.stringify([name, contentType, limits, lists])).slice(0, 16);
}
