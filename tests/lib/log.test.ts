import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { createLog, flushLog } from '../../src/lib/log.ts';

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789ab';
const URL_WITH_PASSWORD = 'postgres://bot:hunter2secret@db.example:5432/bot';

const file = fileURLToPath(new URL('./log-child.ts', import.meta.url));
const command = 'Deno' in globalThis ? ['run', '--allow-all', file] : [file];

function logged(options: Partial<Parameters<typeof createLog>[0]> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const log = createLog({ level: 'info', format: 'json', secrets: [], destination, ...options });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line)) };
}

describe('a line', () => {
  test('is JSON with time, level by name and text', () => {
    const { log, parsed } = logged();
    log.info({ guild: '1' }, 'ready');
    expect(parsed()).toEqual([{ level: 'info', time: expect.any(String), guild: '1', msg: 'ready' }]);
    expect(new Date(parsed()[0].time).toISOString()).toBe(parsed()[0].time);
  });

  test('shows an error with its causes and parts, whether named or given alone', () => {
    const { log, parsed } = logged();
    const error = new TypeError('outer', { cause: new AggregateError([new Error('part')], 'inner') });
    log.warn({ error }, 'failed');
    log.error(error);
    for (const { error: shown } of parsed()) {
      expect(shown).toMatchObject({
        name: 'TypeError',
        message: 'outer',
        cause: { name: 'AggregateError', message: 'inner', errors: [{ name: 'Error', message: 'part' }] },
      });
    }
  });

  test('below the level is not written, and not counted', () => {
    const levels: string[] = [];
    const { log, lines } = logged({ level: 'warn', onLine: (level) => levels.push(level) });
    log.info('quiet');
    log.child({ part: 'x' }).error('loud');
    expect(lines).toHaveLength(1);
    expect(levels).toEqual(['error']);
  });

  test('of great length is cut, and stays JSON', () => {
    const { log, lines, parsed } = logged();
    log.info({ text: 'word '.repeat(100_000) }, 'long');
    expect(lines[0]?.length).toBeLessThan(40_000);
    expect(parsed()).toMatchObject([{ level: 'info', cutFrom: expect.any(Number) }]);
  });

  test('on a terminal is one for people to read', () => {
    const { log, lines } = logged({ format: 'pretty' });
    log.info({ guild: '1' }, 'ready');
    log.error({ error: new Error('no', { cause: new Error('why') }) }, 'failed');
    expect(lines[0]).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: ready \{"guild":"1"\}\n$/);
    expect(lines[1]).toContain('"message": "why"');
  });

  test('on a terminal cannot steer it', () => {
    const { log, lines } = logged({ format: 'pretty' });
    log.info({ name: '\u001b[2J\u0007\u009b' }, 'joined \u001b]0;title\u0007 C:\\u001b');
    expect(lines.join('').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toContain('joined \\u001b]0;title\\u0007 C:\\u001b');
  });
});

describe('secrets', () => {
  const everywhere = (secret: string, format: 'json' | 'pretty' = 'json', known = [secret]) => {
    const { log, lines } = logged({ secrets: known, format });
    const cause = Object.assign(new Error(`deep ${secret}`), { code: secret });
    log.info(`said ${secret} aloud`);
    log.info({ [secret]: { list: [{ secret }] } }, 'nested');
    log.error({ error: new AggregateError([cause], secret, { cause }) }, 'failed');
    log.child({ bound: secret }).warn('child');
    return lines.join('');
  };

  test.each(['plain-secret-value', 'with "quotes" and \\ and \n', 'ünïcödé-secret', TOKEN])(
    'that are configured appear nowhere: %j',
    (secret) => {
      for (const format of ['json', 'pretty'] as const) {
        const text = everywhere(secret, format);
        expect(text).not.toContain(secret);
        expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
        expect(text.match(/\[hidden\]/g)?.length).toBeGreaterThanOrEqual(6);
      }
    },
  );

  test('within an address are hidden on their own too, as written and as meant', () => {
    const known = ['postgres://bot:p%40ssw%3Frd@db/bot'];
    expect(everywhere('p@ssw?rd', 'json', known)).not.toContain('p@ssw?rd');
    expect(everywhere('p%40ssw%3Frd', 'json', known)).not.toContain('p%40ssw');
  });

  test('that nobody configured are known by their looks', () => {
    expect(everywhere(TOKEN, 'json', [])).not.toContain('abcdefghijklmnop');
    const address = everywhere(URL_WITH_PASSWORD, 'json', []);
    expect(address).not.toContain('hunter2secret');
    expect(address).toContain('postgres://bot:[hidden]@db.example:5432/bot');
    expect(everywhere('/interactions/1/aW50ZXJhY3Rpb246MTIzNDU2Nzg5/callback', 'json', [])).not.toContain(
      'MTIzNDU2Nzg5',
    );
    const webhook = `https://discord.com/api/webhooks/123456789012345678/${'Ab1-_'.repeat(14)}`;
    expect(everywhere(webhook, 'json', [])).not.toContain('Ab1-_Ab1');
  });

  test('leave what only resembles them alone', () => {
    const { log, parsed } = logged({ secrets: ['', 'a', 'info'] });
    const innocent = 'see https://example.com:8080/a@b, <@123456789012345678>, v1.2.3 and mail me@example.com';
    log.info({ innocent }, innocent);
    expect(parsed()).toMatchObject([{ level: 'info', innocent, msg: innocent }]);
  });

  test('do not survive where a long line is cut', () => {
    for (let shift = 0; shift < 80; shift += 7) {
      const { log, lines } = logged({ secrets: ['configured-secret'] });
      log.info(`${'y'.repeat(31_900 + shift)} ${TOKEN} configured-secret ${'z'.repeat(5_000)}`);
      expect(lines[0]).not.toMatch(/MTIz|Gabcde|configured/);
    }
  });
});

describe('a process that ends', () => {
  test.each([
    ['by itself', 'end', 0],
    ['by exit', 'exit', 3],
    ['by a crash', 'crash', 3],
  ])('%s has written every line, once', async (_, ending, code) => {
    for (const format of ['json', 'pretty']) {
      const child = spawn(process.execPath, [...command, ending, format], { stdio: ['ignore', 'pipe', 'ignore'] });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const [exit] = await once(child, 'close');
      expect(exit).toBe(code);
      expect(text.match(/x{200}/g)).toHaveLength(2_000);
      expect(text.match(/the last line/g)).toHaveLength(1);
    }
  });
});

test('a reader that does not read holds the log up, not the bot', async () => {
  const child = spawn(process.execPath, [...command, 'unread', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Nothing is read from its output until it has shown that it goes on regardless.
  const [said] = await once(child.stderr, 'data');
  expect(String(said)).toBe('still turning\n');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  expect(await once(child, 'close')).toEqual([3, null]);
  expect(text.match(/x{200}/g)).toHaveLength(2_000);
});

test('flushing a log that nobody reads does not wait for ever', async () => {
  vi.useFakeTimers();
  const { log } = logged({ destination: { write: () => {}, flush: () => {} } });
  const flushed = flushLog(log);
  await vi.advanceTimersByTimeAsync(1_000);
  vi.useRealTimers();
  await flushed;
});
