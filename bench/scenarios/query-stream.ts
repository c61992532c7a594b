import { defineScenario } from '../scenario.ts';

const ROWS = 50_000;

/**
 * How long a person waits for an answer while the bot reads a large result over and over: by pages, as it does, or inline at
 * once, as people write `await sql`. The floor reads nothing.
 */
export default defineScenario({
  kind: 'ack',
  about: `/ping every 50 ms while ${ROWS} rows are read from the database, over and over`,
  modes: ['offload', 'inline', 'floor'],
  read: { rows: ROWS },
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
});
