import { createLog, flushLog } from '../../src/lib/log.ts';

// A process of its own, because what is tested is what a process leaves behind. Says more than a pipe holds at once.
const [, , ending, format] = process.argv;
const log = createLog({ level: 'info', format: format === 'pretty' ? 'pretty' : 'json', secrets: [] });
for (let line = 0; line < 2_000; line += 1) log.info({ line }, 'x'.repeat(200));

async function leave(error: unknown): Promise<void> {
  log.fatal({ error }, 'the last line');
  await flushLog(log);
  process.exit(3);
}

process.on('uncaughtException', (error) => void leave(error));
switch (ending) {
  case 'crash':
    setTimeout(() => {
      throw new Error('boom');
    });
    break;
  case 'exit':
    await leave(new Error('stopped'));
    break;
  case 'unread':
    // Only a loop that is not held up by the full pipe gets here.
    setTimeout(() => process.stderr.write('still turning\n', () => void leave(new Error('stopped'))), 20);
    break;
  default:
    log.info('the last line');
}
