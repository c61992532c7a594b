import zipTexts from '../../src/workers/tasks/zip-texts.ts';
import { defineMicro, sized } from '../micro.ts';

/** Rows of some 200 letters; at most so many as fill eight megabytes cross at a time. */
export default defineMicro({
  task: zipTexts,
  about: 'a ZIP of rows that are kept of somebody',
  inputs: {
    rows: sized(
      (rows) => ({
        files: [
          {
            name: 'messages.json',
            pieces: Array.from({ length: rows }, (_, at) => JSON.stringify({ id: at, body: 'squawk '.repeat(25) })),
          },
        ],
      }),
      [10, 1_000, 10_000],
    ),
  },
});
