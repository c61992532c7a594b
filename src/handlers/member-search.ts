import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, type Guild, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { insertSearch, readSearch } from '../db/member-searches.ts';
import { withDeadline } from '../lib/deadline.ts';
import { CancelledError, Runs } from '../lib/runs.ts';
import { snowflakeTime } from '../lib/snowflake.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { amount, clip, mention, type Said, t, timestamp } from '../services/answers/words.ts';
import { MOST_READ } from '../services/mass/find-members.ts';
import { type FoundInOrder, type Searching, SoughtMembers, searchMembers } from '../services/members/search-members.ts';
import { type Asked, defineComponent, type Rules } from './define.ts';
import { nowAndThen } from './now-and-then.ts';

/** Of all that lists members by what they are. */
export const SEARCH_RULES = {
  needs: PermissionFlagsBits.ModerateMembers,
  visible: 'private',
  cooldown: { uses: 20, seconds: 30 },
} as const satisfies Rules;

/** Discord gives the members of a server ten times in ten seconds, five hundred at a time here. */
export const SEARCH_DEADLINE_MS = 600_000;
const ON_A_PAGE = 10;
const LONGEST_NAME = 40;

const runs = new Runs();
/** Servers that are looked through at the moment: two at a time would only wait for one another. */
const busy = new Set<string>();

export const cancelSearch = defineComponent({
  ...SEARCH_RULES,
  kind: 'button',
  id: 'search.cancel',
  version: 1,
  state: Type.Object({ run: Type.String({ maxLength: 8 }) }),
  run({ interaction, state }) {
    const outcome = runs.cancel(state.run, interaction.user.id);
    if (outcome === 'not yours') throw new UserError('errors.notYours');
    if (outcome === 'gone') throw new UserError('memberSearch.cancelTooLate');
    return undefined; // the search itself says that it was cancelled
  },
});

const Id = Type.String({ pattern: '^[0-9a-f-]{36}$' });

/** Who was found waits in the database for a day; how they are is asked anew for each page. */
export const turnMembers = defineComponent({
  ...SEARCH_RULES,
  kind: 'button',
  id: 'search.page',
  version: 1,
  state: Type.Object({ search: Id, from: Type.Integer({ minimum: 0 }) }),
  run: ({ interaction, state: { search, from } }, context) => pageOf(search, from, interaction, context),
});

/** Looks once more, so that the file says how members are now. */
export const exportMembers = defineComponent({
  ...SEARCH_RULES,
  cooldown: { uses: 3, seconds: 60 },
  deadlineMs: SEARCH_DEADLINE_MS,
  defer: 'private',
  kind: 'button',
  id: 'search.export',
  version: 1,
  state: Type.Object({ search: Id }),
  async run(asked, context) {
    const { interaction, state } = asked;
    const which = { id: state.search, guild: interaction.guildId ?? '0', owner: interaction.user.id };
    const kept = await readSearch(context.db, which, { from: 0, most: 1 });
    if (!kept || !Value.Check(SoughtMembers, kept.sought)) throw new UserError('memberSearch.gone');
    const done = await search({ asked, sought: kept.sought, asFile: true }, context);
    if (!done) return say('memberSearch.cancelled');
    const { found, searching } = done;
    if (!found.file) throw new UserError('memberSearch.none', { count: searching.read, read: amount(searching.read) });
    const params = { count: searching.found, found: amount(searching.found) };
    return say('memberSearch.exported', params, { tone: 'good', files: [found.file] });
  },
});

/** Looks, and shows the first page of who was found. */
export async function firstMembers(
  asked: Asked<BaseInteraction>,
  sought: SoughtMembers,
  context: Context,
): Promise<Answer> {
  const { interaction } = asked;
  const done = await search({ asked, sought, asFile: false }, context);
  if (!done) return say('memberSearch.cancelled');
  const { found, searching } = done;
  const { read, more } = searching;
  if (searching.found === 0) throw new UserError('memberSearch.none', { count: read, read: amount(read) });
  const id = crypto.randomUUID();
  const which = { id, guild: interaction.guildId ?? '0', owner: interaction.user.id };
  await insertSearch(context.db, which, { sought, ids: found.ids });
  const page = await pageOf(id, 0, interaction, context);
  if (!more) return page;
  const note = t('memberSearch.more', { most: amount(MOST_READ) });
  return { ...page, tone: 'warning', parts: [{ kind: 'text', text: note }, ...page.parts] };
}

interface Search {
  readonly asked: Pick<Asked<BaseInteraction>, 'interaction' | 'signal' | 'answer'>;
  readonly sought: SoughtMembers;
  readonly asFile: boolean;
}

/** Nothing where it was cancelled. */
async function search(
  { asked, sought, asFile }: Search,
  context: Context,
): Promise<{ readonly found: FoundInOrder; readonly searching: Searching } | undefined> {
  const guild = asked.interaction.guildId ?? '0';
  using _place = onePlace(guild);
  using run = runs.begin(asked.interaction.user.id);
  const signal = AbortSignal.any([asked.signal, run.signal]);
  const searching: Searching = { read: 0, found: 0, more: false };
  using _telling = nowAndThen(() => asked.answer(progressCard(searching, run.id)), signal, context);
  try {
    const work = () => searchMembers({ guild, sought, asFile }, searching, context, signal);
    return { found: await withDeadline('member search', work, { signal }), searching };
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  }
}

function onePlace(guild: string): Disposable {
  if (busy.has(guild)) throw new UserError('memberSearch.busy');
  busy.add(guild);
  return { [Symbol.dispose]: () => void busy.delete(guild) };
}

async function pageOf(search: string, from: number, interaction: BaseInteraction, context: Context): Promise<Answer> {
  const { guild, user } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  const which = { id: search, guild: guild.id, owner: user.id };
  const kept = await readSearch(context.db, which, { from, most: ON_A_PAGE });
  if (!kept) throw new UserError('memberSearch.gone');
  const { count, ids } = kept;
  const members = await asTheyAre(guild, ids, context);
  const step = (key: 'before' | 'after', to: number, there: boolean) => ({
    label: t(`memberSearch.${key}`),
    customId: turnMembers.customId({ search, from: Math.max(0, to) }),
    disabled: !there,
  });
  const turning = [
    step('before', from - ON_A_PAGE, from > 0),
    step('after', from + ON_A_PAGE, from + ON_A_PAGE < count),
  ];
  return {
    ...{ tone: 'info', title: t('memberSearch.title', { count, found: amount(count) }) },
    parts: [
      { kind: 'lines', lines: ids.map((id) => lineOf(id, members.get(id))) },
      { kind: 'small', text: t('memberSearch.place', { from: from + 1, to: from + ids.length, count: amount(count) }) },
      {
        kind: 'buttons',
        buttons: [
          ...(count > ON_A_PAGE ? turning : []),
          { label: t('memberSearch.asFile'), customId: exportMembers.customId({ search }) },
        ],
      },
    ],
  };
}

/** Whoever Discord does not tell of in time is named by their id alone. */
async function asTheyAre(
  guild: Guild,
  ids: readonly string[],
  { gateway, log }: Context,
): Promise<ReadonlyMap<string, GuildMember>> {
  try {
    const members = await gateway.members.membersAmong(guild, ids);
    return new Map(members.map((member) => [member.id, member]));
  } catch (error) {
    log.warn({ error, guild: guild.id }, 'members who were found could not be looked up');
    return new Map();
  }
}

function lineOf(id: string, member: GuildMember | undefined): Said {
  const made = timestamp(new Date(snowflakeTime(id)));
  const who = mention('user', id);
  if (!member) return t('memberSearch.unknown', { who, made });
  const { joinedAt, user } = member;
  return t(user.bot ? 'memberSearch.bot' : 'memberSearch.line', {
    ...{ who, made, name: clip(user.username, LONGEST_NAME) },
    joined: joinedAt ? timestamp(joinedAt) : t('memberSearch.noDate'),
  });
}

function progressCard({ read, found }: Searching, run: string): Answer {
  const text = t('memberSearch.progress', { count: read, read: amount(read), found: amount(found) });
  const button = {
    label: t('memberSearch.cancel'),
    customId: cancelSearch.customId({ run }),
    style: 'danger',
  } as const;
  return {
    ...{ tone: 'info', interim: true, visible: 'private' },
    parts: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button] },
    ],
  };
}
