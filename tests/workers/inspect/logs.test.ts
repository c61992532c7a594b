import { describe, expect, test } from 'vitest';
import { sameOf } from '../../../src/workers/inspect/log.ts';
import { millisecondsOf } from '../../../src/workers/inspect/log-times.ts';
import { versionsIn } from '../../../src/workers/inspect/versions.ts';
import { DOTNET, GO, JAVASCRIPT, JVM, KERNEL, logOf, PYTHON, RUST, SYSTEMD } from '../../files/text.ts';
import { factsOf, findingOf, inspect, textOf } from './inspecting.ts';

describe('a log', () => {
  const LINES = [
    '2024-05-01T10:00:00Z INFO started on Node.js v20.11.0',
    '2024-05-01T10:00:01Z ERROR query 17 failed after 120 ms',
    '    at run (db.ts:10)',
    '2024-05-01T10:00:02Z warning: slow',
    '2024-05-01T10:00:03Z ERROR query 18 failed after 99 ms',
    '2024-05-01T10:00:04Z FATAL out of memory',
  ];

  test('tells what went wrong first, what most often, when, and with which versions', async () => {
    const report = await inspect(`${LINES.join('\n')}\n`);
    expect(report.type).toBe('log');
    expect(factsOf(report, 'causeLine')).toEqual([{ text: 'ERROR query 17 failed after 120 ms', line: 2 }]);
    expect(factsOf(report, 'logLevels')).toEqual([{ errors: 3, warn: 1, info: 1, all: 5 }]);
    expect(factsOf(report, 'period')).toEqual([{ from: '2024-05-01T10:00:00Z', to: '2024-05-01T10:00:04Z' }]);
    expect(factsOf(report, 'errorGroup')).toContainEqual({
      text: 'ERROR query # failed after # ms',
      times: 2,
      line: 2,
    });
    expect(factsOf(report, 'timeline')).toEqual([{ bars: '▁█▁██', step: '1 s', most: 1 }]);
    expect(report.facts.find(({ label }) => label === 'versions')?.params).toEqual({ value: 'Node.js 20.11.0' });
    expect(textOf(report)).toContain('> 2 | 2024-05-01T10:00:01Z ERROR query 17');
  });

  test('in the colours of a terminal says the same', async () => {
    const plain = await inspect(`${LINES.join('\n')}\n`);
    const coloured = LINES.map((line) => line.replace(/[A-Z]{4,}|warning|query|run/g, '\u001b[1;31m$&\u001b[0m'));
    const report = await inspect(`${coloured.join('\n')}\n`);
    const told = ({ facts, previews }: typeof plain) => [facts.filter(({ label }) => label !== 'text'), previews];
    expect(told(report)).toEqual(told(plain));
    expect(findingOf(report, 'control-characters')).toEqual({});
    const panic = RUST.replace(/panicked|src\/[^:]+/g, '\u001b[31m$&\u001b[0m');
    expect(factsOf(await inspect(panic), 'trace-rust')).toEqual(factsOf(await inspect(RUST), 'trace-rust'));
  });

  test('of JSON lines keeps no colours of its levels and messages', async () => {
    const line = (level: string, msg: string) => JSON.stringify({ level: `\u001b[31m${level}\u001b[0m`, msg });
    const report = await inspect(
      [line('INFO', 'on'), line('ERROR', '\u001b[1mdb 1\u001b[0m away')].join('\n'),
      'a.log',
    );
    expect(factsOf(report, 'logLevels')).toEqual([{ errors: 1, warn: 0, info: 1, all: 2 }]);
    expect(factsOf(report, 'errorGroup')).toEqual([{ text: 'db # away', times: 1, line: 2 }]);
  });

  test('shows the lines around the first error of a large one', async () => {
    const report = await inspect(
      `${'2024-05-01T10:00:00Z INFO fine\n'.repeat(50_000)}2024-05-01T11:00:00Z ERROR alas\n`,
    );
    expect(textOf(report)).toContain('>50001 | 2024-05-01T11:00:00Z ERROR alas');
    expect(factsOf(report, 'timeline')[0]?.bars).toMatch(/^▁+█$/);
  });

  test('groups the same error whatever its numbers and ids', async () => {
    const report = await inspect(logOf(200_000));
    expect(factsOf(report, 'errorGroup')[0]).toMatchObject({ text: 'ERROR [worker-#] request # failed after # ms' });
    expect(factsOf(report, 'trace-jvm')[0]).toMatchObject({ what: 'java.lang.IllegalStateException: bad state 1' });
  });

  test('of JSON lines is a log as well', async () => {
    const line = (level: number | string, msg: string, time: number) => JSON.stringify({ level, time, msg });
    const text = [
      line(30, 'on', 1_714_557_600_000),
      line(50, 'db 1 away', 1_714_557_660_000),
      line('error', 'db 2 away', 1_714_557_720_000),
    ];
    const report = await inspect(text.join('\n'), 'app.log');
    expect(report.type).toBe('ndjson');
    expect(factsOf(report, 'logLevels')).toEqual([{ errors: 2, warn: 0, info: 1, all: 3 }]);
    expect(factsOf(report, 'errorGroup')).toEqual([{ text: 'db # away', times: 2, line: 2 }]);
  });

  test.for([
    'May  1 10:00:00 host app[12]: error: no\n',
    '127.0.0.1 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 12\n',
    '[10:00:00] [Server thread/INFO]: Done\n',
    '[   12.345678] usb 1-1: new device\n',
  ])('%j is a line of one', async (line) => {
    expect((await inspect(line.repeat(3))).type).toBe('log');
  });
});

describe('a stack trace', () => {
  const CASES = [
    [
      'jvm',
      JVM,
      'java.lang.IllegalStateException: could not start',
      'java.net.ConnectException: Connection refused: localhost:5432',
      'org.db.Driver.connect (Driver.java:1)',
    ],
    ['python', PYTHON, 'ValueError: bad', 'ValueError: bad', '/app/main.py:10'],
    ['javascript', JAVASCRIPT, 'TypeError: x is not a function', 'Error: deep', '/app/deep.js:9:9'],
    [
      'rust',
      RUST,
      'called `Option::unwrap()` on a `None` value',
      'called `Option::unwrap()` on a `None` value',
      'src/main.rs:5:10',
    ],
    [
      'go',
      GO,
      'runtime error: index out of range [5] with length 3',
      'runtime error: index out of range [5] with length 3',
      '/home/u/app/main.go:9',
    ],
    [
      'dotnet',
      DOTNET,
      'System.InvalidOperationException: Sequence contains no elements',
      "System.IO.FileNotFoundException: Could not find file 'a.txt'.",
      '/src/Program.cs:8',
    ],
  ] as const;

  test.for(CASES)(
    'of %s tells what was raised, its first cause, and where in own code',
    async ([kind, text, what, cause, place]) => {
      const report = await inspect(text, 'crash.txt');
      expect(report.type).toBe('trace');
      expect(factsOf(report, `trace-${kind}`)[0]).toMatchObject({ what, times: 1 });
      expect(factsOf(report, 'causePlace')).toMatchObject([{ text: cause, place }]);
    },
  );

  test('of the JVM tells the place of the first cause, or the last before it that is nobody’s library', async () => {
    const chain = (last: string) =>
      `java.lang.RuntimeException: outer\n\tat a.b.C.d(B.java:1)\nCaused by: java.io.IOException: middle\n\tat a.b.C.e(B.java:2)\n\t... 1 more\nCaused by: java.net.ConnectException: root\n${last}\t... 2 more\n`;
    const own = await inspect(chain('\tat a.b.C.f(B.java:3)\n\tat a.b.C.g(B.java:4)\n'), 'crash.txt');
    expect(factsOf(own, 'causePlace')).toMatchObject([
      { text: 'java.net.ConnectException: root', place: 'a.b.C.f (B.java:3)' },
    ]);
    const others = await inspect(chain('\tat java.base/java.net.Socket.connect(Socket.java:7)\n'), 'crash.txt');
    expect(factsOf(others, 'causePlace')).toMatchObject([{ place: 'a.b.C.e (B.java:2)' }]);
  });

  test('of Python that led to another says so', async () => {
    const traces = factsOf(await inspect(PYTHON), 'trace-python');
    expect(traces.map(({ what }) => what)).toEqual(['ValueError: bad', 'RuntimeError: worse']);
  });

  test('of the kernel and of systemd are found in their logs', async () => {
    const kernel = await inspect(KERNEL, 'dmesg.log');
    expect(factsOf(kernel, 'trace-kernel')).toMatchObject([
      { what: 'BUG: kernel NULL pointer dereference, address: 0000000000000010', line: 2 },
      { what: 'app[123]: segfault at 0 ip 00007f sp 00007ff error 4 in libc.so' },
    ]);
    const systemd = await inspect(SYSTEMD, 'journal.log');
    expect(factsOf(systemd, 'trace-systemd')[0]).toMatchObject({
      what: 'app.service: Main process exited, code=exited, status=1/FAILURE',
    });
  });

  test('seen again is counted, not told again', async () => {
    expect(factsOf(await inspect(GO.repeat(5)), 'trace-go')).toMatchObject([{ times: 5, line: 1 }]);
  });

  test('prose that is indented and begins with "at" is none', async () => {
    expect((await inspect('We met\n  at noon\n  at the station (12:30)\nand left.\n')).type).toBe('text');
  });
});

test('times of logs are read, and those of one log can be compared', () => {
  const second = (time: string) => millisecondsOf(time) / 1_000;
  expect(second('2024-05-01T10:00:01Z')).toBe(Date.UTC(2024, 4, 1, 10, 0, 1) / 1_000);
  expect(second('2024/05/01 12:00:01.500+0200')).toBe(Date.UTC(2024, 4, 1, 10, 0, 1, 500) / 1_000);
  expect(second('01/May/2024:10:00:01 -0100')).toBe(Date.UTC(2024, 4, 1, 11, 0, 1) / 1_000);
  expect(second('May  2 00:00:01') - second('May  1 23:59:59')).toBe(2);
  expect(second('10:00:01,250') - second('10:00:00')).toBe(1.25);
  expect(second('[   12.345678]')).toBeCloseTo(12.345678);
});

test('what differs from one time to the next is left out', () => {
  expect(sameOf('user17 req 0f8fad5b-d9cb-469f-a165-70867728950e at 0x7fff took 12.5 ms')).toBe(
    'user# req # at # took #.# ms',
  );
});

test('versions are found by the names that have them, addresses and dates are none', () => {
  const text =
    'Node.js v20.11.0, discord.js@14.2.1 pandas==2.0.1 Linux version 6.1.0-13 at 10.0.0.1, foo 1.2, HTTP/1.1';
  expect(versionsIn(text)).toEqual(['Node.js 20.11.0', 'discord.js 14.2.1', 'pandas 2.0.1', 'Linux 6.1.0-13']);
});
