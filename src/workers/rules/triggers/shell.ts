import { harmfulCommand } from '../../text/shell.ts';
import { foundAt } from '../facts.ts';
import { defineLook } from '../look.ts';

export default defineLook('shell', {
  cost: 'little',
  look(_, facts) {
    for (const part of facts.written) {
      const harm = harmfulCommand(part.text);
      if (harm) return foundAt([{ part, from: harm.from, to: harm.to }], { why: harm.why });
    }
    return 'no';
  },
});
