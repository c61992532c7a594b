import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LineWriter } from '../../src/lib/line-writer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An output that takes at most `most` bytes at a time, after the errors given. */
function output({ most = Number.POSITIVE_INFINITY, errors = [] as readonly string[] } = {}) {
  const left = [...errors];
  const onDrop = vi.fn();
  let text = '';
  const writer = new LineWriter({
    onDrop,
    async writeSome(bytes) {
      const code = left.shift();
      if (code) throw Object.assign(new Error(code), { code });
      const taken = bytes.subarray(0, most);
      text += Buffer.from(taken).toString('latin1');
      return taken.byteLength;
    },
  });
  const flushed = () => new Promise<void>((resolve) => writer.flush(resolve));
  return { writer, onDrop, flushed, text: () => Buffer.from(text, 'latin1').toString('utf8') };
}

test('lines arrive whole and in order, however little is taken at a time', async () => {
  const { writer, flushed, text } = output({ most: 3 });
  const lines = Array.from({ length: 1_000 }, (_, number) => `line ${number} – ü\n`);
  for (const line of lines) writer.write(line);
  await flushed();
  expect(text()).toBe(lines.join(''));
  writer.write('later\n');
  await flushed();
  expect(text()).toMatch(/later\n$/);
});

test('flushing with nothing to write ends at once', async () => {
  await output().flushed();
});

test('an output that is busy is tried again', async () => {
  const { writer, flushed, text, onDrop } = output({ errors: ['EAGAIN', 'EAGAIN'] });
  writer.write('patient\n');
  const done = flushed();
  await vi.advanceTimersByTimeAsync(100);
  await done;
  expect(text()).toBe('patient\n');
  expect(onDrop).not.toHaveBeenCalled();
});

test('what cannot be written is counted, and the next line is tried', async () => {
  const { writer, flushed, text, onDrop } = output({ errors: ['ENOSPC'] });
  writer.write('lost\n');
  await flushed();
  writer.write('kept\n');
  await flushed();
  expect(text()).toBe('kept\n');
  expect(onDrop).toHaveBeenCalledTimes(1);
});

test('once the reader is gone nothing is kept for it', async () => {
  const { writer, flushed, text, onDrop } = output({ errors: ['EPIPE'] });
  writer.write('one\n');
  await flushed();
  writer.write('two\n');
  await flushed();
  expect(text()).toBe('');
  expect(onDrop).toHaveBeenCalledTimes(2);
});

test('a reader that does not read cannot fill the memory', async () => {
  const onDrop = vi.fn();
  const writer = new LineWriter({ onDrop, writeSome: () => new Promise(() => {}) });
  const line = `${'x'.repeat(1024 * 1024 - 1)}\n`;
  for (let written = 0; written < 20; written += 1) writer.write(line);
  expect(onDrop).toHaveBeenCalledTimes(12);
});
