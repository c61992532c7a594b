/** The embedded database's thread, with a hole: on this channel it is told to break down. */
const hole = new BroadcastChannel('break the database');
hole.onmessage = () => {
  hole.close();
  setTimeout(() => {
    throw new Error('a planted breakdown');
  });
};
await import('../../src/db/embedded-thread.ts');
