import { type AckScenario, defineScenario } from '../scenario.ts';
import { keepPosting } from './posting.ts';

/**
 * So many messages a second, posted by everybody in turn, while the server has a hundred rules: ten thousand words and fifty
 * patterns. The floor reads the same events and does nothing with them.
 */
export function messageFlood(o: {
  readonly perSecond: number;
  readonly about: string;
  readonly contents: () => readonly string[];
  readonly more?: Partial<Pick<AckScenario, 'leastRatio' | 'long' | 'quick'>>;
}) {
  const { perSecond, about, contents, more } = o;
  return defineScenario({
    kind: 'ack',
    about: `/ping every 50 ms while ${perSecond} ${about} are judged by 100 rules with 10,000 words and 50 patterns`,
    modes: ['offload', 'inline', 'floor'],
    rules: 'flood',
    messages: { perSecond },
    load: async (tools) => () => keepPosting(tools, perSecond, contents()),
    probe: ({ slash }) => slash('ping'),
    probeEveryMs: 50,
    own: { rounds: 2, seconds: 20 },
    ...more,
  });
}
