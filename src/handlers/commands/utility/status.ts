import { Type } from '@sinclair/typebox';
import type { Context } from '../../../context.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { t, timestamp, type Words } from '../../../services/answers/words.ts';
import { INVALID_PER_TEN_MINUTES, REQUESTS_PER_SECOND } from '../../../services/gateway/rest-budget.ts';
import { type Snapshot, takeSnapshot } from '../../../services/status/snapshot.ts';
import { defineCommand, defineComponent } from '../../define.ts';

const refresh = defineComponent({
  kind: 'button',
  id: 'status',
  version: 1,
  state: Type.Object({}),
  where: 'anywhere',
  run: (_, context) => panel(context),
});

export default defineCommand({
  where: 'anywhere',
  components: [refresh],
  run: (_, context) => panel(context),
});

function panel(context: Context): Answer {
  const snapshot = takeSnapshot(context);
  const off = context.gateway.missingIntents.map(({ name, without }) =>
    t('commands.status.off', { intent: name, without: t(without) }),
  );
  return {
    tone: snapshot.ready ? 'good' : 'warning',
    title: t('commands.status.title'),
    parts: [
      { kind: 'fields', fields: responsiveness(snapshot) },
      { kind: 'line' },
      { kind: 'fields', fields: resources(snapshot, context) },
      ...(off.length > 0 ? [{ kind: 'lines', lines: off } as const] : []),
      { kind: 'buttons', buttons: [{ label: t('commands.status.refresh'), customId: refresh.customId({}) }] },
    ],
  };
}

type Fields = readonly (readonly [Words, Words])[];

function responsiveness({ loop, ack, lanes, gateway }: Snapshot): Fields {
  const { shards, servers, pingMs } = gateway;
  const delay = { p50: ms(loop.p50), p99: ms(loop.p99), max: ms(loop.max), stalls: loop.stalls };
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
    [t('commands.status.gateway'), heartbeat],
  ];
}

function resources(snapshot: Snapshot, { startedAt }: Context): Fields {
  const { rest, database, messages, caches, memory, versions } = snapshot;
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
    [t('commands.status.messages'), t('commands.status.messagesLine', messages)],
    [t('commands.status.caches'), t('commands.status.cachesLine', caches)],
    [
      t('commands.status.memory'),
      t('commands.status.memoryLine', { resident: mb(memory.resident), heap: mb(memory.heap) }),
    ],
    [t('commands.status.uptime'), timestamp(startedAt)],
    [t('commands.status.versions'), t('commands.status.versionsLine', versions)],
  ];
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
