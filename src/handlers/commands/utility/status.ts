import { Type } from '@sinclair/typebox';
import { type Config, phishingLists } from '../../../config.ts';
import type { Context } from '../../../context.ts';
import { withDeadline } from '../../../lib/deadline.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { amount, t, timestamp, type Words } from '../../../services/answers/words.ts';
import { INVALID_PER_TEN_MINUTES, REQUESTS_PER_SECOND } from '../../../services/gateway/rest-budget.ts';
import { type Snapshot, takeSnapshot } from '../../../services/status/snapshot.ts';
import { defineCommand, defineComponent } from '../../define.ts';

const STORED_MS = 500;
const WIDEST_BAR = 20;

const refresh = defineComponent({
  kind: 'button',
  id: 'status',
  version: 1,
  state: Type.Object({}),
  where: 'anywhere',
  run: ({ interaction }, context) => panel(interaction.guildId, context),
});

export default defineCommand({
  where: 'anywhere',
  components: [refresh],
  run: ({ interaction }, context) => panel(interaction.guildId, context),
});

async function panel(guild: string | null, context: Context): Promise<Answer> {
  const snapshot = takeSnapshot(context);
  const messages = await messagesOf(guild, snapshot, context);
  const histogram = histogramOf(snapshot.ack.buckets);
  const off = context.gateway.missingIntents.map(({ name, without }) =>
    t('commands.status.off', { intent: name, without: t(without) }),
  );
  return {
    tone: snapshot.ready ? 'good' : 'warning',
    title: t('commands.status.title'),
    parts: [
      { kind: 'fields', fields: responsiveness(snapshot) },
      ...(histogram === '' ? [] : [{ kind: 'code', text: histogram } as const]),
      { kind: 'line' },
      { kind: 'fields', fields: resources(snapshot, messages, context) },
      ...(off.length > 0 ? [{ kind: 'lines', lines: off } as const] : []),
      { kind: 'buttons', buttons: [{ label: t('commands.status.refresh'), customId: refresh.customId({}) }] },
    ],
  };
}

type Fields = readonly (readonly [Words, Words])[];

function responsiveness({ loop, ack, lanes, files, gateway }: Snapshot): Fields {
  const { pingMs } = gateway;
  const shards = t('commands.status.shards', { count: gateway.shards });
  const servers = t('commands.status.servers', { count: gateway.servers });
  const delay = {
    p50: ms(loop.p50),
    p99: ms(loop.p99),
    max: ms(loop.max),
    stalls: t('commands.status.stalls', { count: loop.stalls }),
  };
  const heartbeat =
    pingMs === null
      ? t('commands.status.gatewayFresh', { shards, servers })
      : t('commands.status.gatewayLine', { ping: ms(pingMs), shards, servers });
  const answers =
    ack.p99 === 0 ? t('commands.status.ackNone') : t('commands.status.ackLine', { p50: ms(ack.p50), p99: ms(ack.p99) });
  return [
    [t('commands.status.loop'), t('commands.status.loopLine', delay)],
    [t('commands.status.ack'), answers],
    ...(['quick', 'bulk'] as const).map((lane) => {
      const { busy, threads, queued, done, failed, restarts, waitMs } = lanes[lane];
      const line = t('commands.status.laneLine', {
        busy,
        threads,
        queued,
        done,
        failed,
        restarts,
        wait: ms(waitMs.p99),
      });
      return [t('commands.status.lane', { lane }), line] as const;
    }),
    [t('commands.status.files'), t('commands.status.filesLine', { ...files, megabytes: mb(files.bytes) })],
    [t('commands.status.gateway'), heartbeat],
  ];
}

function resources(snapshot: Snapshot, messages: Words, { startedAt, config }: Context): Fields {
  const { rest, database, caches, memory, versions } = snapshot;
  const budget = {
    used: rest.lastSecond,
    limit: REQUESTS_PER_SECOND,
    refused: rest.refusedInTenMinutes,
    refusedLimit: INVALID_PER_TEN_MINUTES,
  };
  return [
    [t('commands.status.rest'), t('commands.status.restLine', budget)],
    [
      t('commands.status.database'),
      t(database.away ? 'commands.status.databaseAway' : 'commands.status.databaseHere', { kind: database.kind }),
    ],
    [t('commands.status.messages'), messages],
    [t('commands.status.judged'), judgedLine(snapshot)],
    [t('commands.status.timers'), timersLine(snapshot)],
    ...externalFields(snapshot, config),
    [
      t('commands.status.caches'),
      t('commands.status.cachesLine', { ...caches, servers: t('commands.status.servers', { count: caches.servers }) }),
    ],
    [
      t('commands.status.memory'),
      t('commands.status.memoryLine', { resident: mb(memory.resident), heap: mb(memory.heap) }),
    ],
    [t('commands.status.uptime'), timestamp(startedAt)],
    [t('commands.status.versions'), t('commands.status.versionsLine', versions)],
  ];
}

/** What this process has counted, and what the database holds of this server; nothing is waited for long. */
async function messagesOf(guild: string | null, snapshot: Snapshot, { activity }: Context): Promise<Words> {
  const { counted, waiting } = snapshot.messages;
  const messages = { counted, waiting };
  if (guild === null) return t('commands.status.messagesElsewhere', messages);
  const read = () => activity.ofServer(guild);
  const stored = await withDeadline('messages', read, { deadlineMs: STORED_MS }).catch(() => undefined);
  return stored === undefined
    ? t('commands.status.messagesElsewhere', messages)
    : t('commands.status.messagesLine', { ...messages, stored });
}

function judgedLine({ messages: { queued, shed, missed } }: Snapshot): Words {
  const { messages: caughtUp, channelsCutShort } = missed;
  return t('commands.status.judgedLine', {
    ...{ queued, shed, caughtUp },
    cutShort: t('commands.status.cutShort', { count: channelsCutShort }),
  });
}

function externalFields({ external }: Snapshot, config: Config): Fields {
  const fields = external.map(({ name, entries, checkedAt, failing }) => {
    const when = checkedAt === null ? t('commands.status.externalNever') : timestamp(new Date(checkedAt));
    const line = t(failing ? 'commands.status.externalFailing' : 'commands.status.externalLine', {
      count: amount(entries),
      when,
    });
    return [t('commands.status.external', { name }), line] as const;
  });
  if (phishingLists(config).length > 0) return fields;
  return [...fields, [t('commands.status.lists'), t('commands.status.listsNone')]];
}

function timersLine({ timers: { nextAt, ...counts } }: Snapshot): Words {
  return nextAt === undefined
    ? t('commands.status.timersNone', counts)
    : t('commands.status.timersLine', { ...counts, next: timestamp(nextAt) });
}

/** First answers by how long they took: one line a bucket that has any, its bar as long as its share. */
function histogramOf(buckets: Snapshot['ack']['buckets']): string {
  const most = Math.max(...buckets.map(({ count }) => count));
  if (most === 0) return '';
  const [first, last] = [buckets.findIndex(({ count }) => count > 0), buckets.findLastIndex(({ count }) => count > 0)];
  return buckets
    .slice(first, last + 1)
    .map(
      ({ upTo, count }) =>
        `${upTo === null ? '     more' : `≤ ${String(upTo).padStart(4)} ms`} ${'█'.repeat(Math.ceil((count / most) * WIDEST_BAR))} ${count}`,
    )
    .join('\n');
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
