import { gzipSync } from 'node:zlib';
import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { BYTE_ORDER_MARK, csvLine } from '../csv.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { checked, defineTask } from '../task.ts';

/** Bytes. A file that is larger is packed. */
const MOST_PLAIN = 8_000_000;
const MOST_BYTES = 10_000_000;
const MOST_PAGES = 1_000;

const Member = Type.Object({
  id: Type.String({ pattern: '^\\d{1,20}$' }),
  username: Type.String(),
  displayName: Type.String(),
  nickname: Type.String(),
  /** Milliseconds; nothing where Discord does not say. */
  joined: Type.Union([Type.Number(), Type.Null()]),
  made: Type.Number(),
  bot: Type.Boolean(),
  roles: Type.Array(Type.String()),
});
type Member = Static<typeof Member>;

const pageOfMembers = TypeCompiler.Compile(Type.Array(Member));

const names = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Those of whom it is not known when they joined come last, either way. */
const ORDERS = {
  newest: (a: Member, b: Member) => (b.joined ?? 0) - (a.joined ?? 0),
  oldest: (a: Member, b: Member) => (a.joined ?? Number.MAX_SAFE_INTEGER) - (b.joined ?? Number.MAX_SAFE_INTEGER),
  name: (a: Member, b: Member) => names.compare(shownName(a), shownName(b)),
  youngestAccount: (a: Member, b: Member) => b.made - a.made,
  oldestAccount: (a: Member, b: Member) => a.made - b.made,
} as const;

const Order = Type.Union([
  Type.Literal('newest'),
  Type.Literal('oldest'),
  Type.Literal('name'),
  Type.Literal('youngestAccount'),
  Type.Literal('oldestAccount'),
]);

const Output = Type.Object({
  /** In order, with commas between. */
  ids: Type.String(),
  file: Type.Optional(Type.Object({ bytes: SharedBytes(MOST_BYTES), packed: Type.Boolean() })),
});

/** Puts members in order, and writes them as a table. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    /** Members as JSON, many at a time: as objects one by one they would take the other thread long to hand over. */
    pages: Type.Array(Type.String(), { maxItems: MOST_PAGES }),
    order: Order,
    asFile: Type.Boolean(),
  }),
  output: Output,
  sample: { pages: ['[]'], order: 'name', asFile: true },
  run({ pages, order, asFile }): Static<typeof Output> {
    const members = pages.flatMap((page) => checked(pageOfMembers, JSON.parse(page), 'input'));
    members.sort(ORDERS[order]);
    const ids = members.map(({ id }) => id).join();
    return asFile ? { ids, file: fileOf(members) } : { ids };
  },
});

function shownName({ username, displayName, nickname }: Member): string {
  return nickname || displayName || username;
}

function fileOf(members: readonly Member[]): NonNullable<Static<typeof Output>['file']> {
  const columns = ['id', 'username', 'displayName', 'nickname', 'joined', 'accountMade', 'bot', 'roles'];
  const lines = members.map(({ id, username, displayName, nickname, joined, made, bot, roles }) =>
    csvLine([id, username, displayName, nickname, timeOf(joined), timeOf(made), bot, roles.join(' ')]),
  );
  const plain = new TextEncoder().encode(`${BYTE_ORDER_MARK}${csvLine(columns)}${lines.join('')}`);
  const packed = plain.byteLength > MOST_PLAIN;
  return { bytes: shareBytes(packed ? gzipSync(plain) : plain), packed };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
