import { type Static, Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { type FoundMessage, findMessages, type MessagesFrom, searchedChannels } from '../../db/archive-search.ts';
import { type Waiting, withDeadline } from '../../lib/deadline.ts';
import { asksToRead, type Reading, readableAmong } from './readable.ts';

const Term = Type.Object({ words: Type.String(), not: Type.Boolean(), begins: Type.Boolean() });
const Ms = Type.Optional(Type.Number());

/** What is looked for among messages, as it is kept for the next page. Times in milliseconds. */
export const SoughtMessages = Type.Object({
  guild: Type.String(),
  terms: Type.Array(Type.Array(Term)),
  author: Type.Optional(Type.String()),
  /** With its threads; of a category all its channels. */
  within: Type.Optional(Type.String()),
  from: Ms,
  before: Ms,
  hasFile: Type.Optional(Type.Boolean()),
  edited: Type.Optional(Type.Boolean()),
  deleted: Type.Boolean(),
});
export type SoughtMessages = Static<typeof SoughtMessages>;

export interface FoundPage {
  readonly found: readonly FoundMessage[];
  /** Whether there are more closed threads than it is sure to have asked about. */
  readonly leftOut: boolean;
  /** Whether there is any channel to look through. */
  readonly anywhere: boolean;
  /** Those that may be read for sure. */
  readonly channels: readonly string[];
}

/** So often is Discord asked about the threads of what was found, and found anew without those nobody may see. */
const MOST_ROUNDS = 4;
const ASK_DEADLINE_MS = 5_000;

/** A page of what somebody may read at this moment: nothing of it is known from the page before. */
export async function searchArchive(
  sought: SoughtMessages,
  who: Pick<Reading, 'member' | 'ageRestricted'>,
  { from, limit }: { readonly from: MessagesFrom | undefined; readonly limit: number },
  { db, log }: Pick<Context, 'db' | 'log'>,
  { signal }: Waiting,
): Promise<FoundPage> {
  const { deleted, within } = sought;
  const reading: Reading = { ...who, within, also: deleted ? PermissionFlagsBits.ManageMessages : undefined };
  const { yes, unsure } = readableAmong(await searchedChannels(db, sought.guild), reading);
  // Neither depends on what matches: else it would tell of what cannot be read.
  const anywhere = yes.size > 0;
  const leftOut = unsure.size > MOST_ROUNDS;
  const ask = async (id: string): Promise<void> => {
    unsure.delete(id);
    const work = () => asksToRead(id, reading);
    const may = await withDeadline('thread members', work, { signal, deadlineMs: ASK_DEADLINE_MS });
    if (may) yes.add(id);
  };
  for (let round = 0; ; round += 1) {
    const last = round === MOST_ROUNDS;
    const channels = last ? [...yes] : [...yes, ...unsure];
    const found = await findMessages(db, sought, { channels, from, limit });
    const open = new Set(found.map(({ channel }) => channel).filter((id) => unsure.has(id)));
    if (last || open.size === 0) return { found, leftOut, anywhere: anywhere || yes.size > 0, channels: [...yes] };
    for (const asked of await Promise.allSettled([...open].map(ask))) {
      signal?.throwIfAborted();
      // Whoever cannot be asked about in time is shown nothing of that thread.
      if (asked.status === 'rejected') log.warn({ error: asked.reason }, 'who may read a thread could not be asked');
    }
  }
}
