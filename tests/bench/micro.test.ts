import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { defineMicro, type MicroScenario, sized } from '../../bench/micro.ts';
import { microCells } from '../../bench/report/micro-table.ts';
import { loadScenario } from '../../bench/scenarios.ts';
import echo from '../../src/workers/tasks/echo.ts';
import { filesBelow } from '../sources.ts';

const TASKS = await namesIn('src/workers/tasks');

/** The largest inputs take minutes of a core; the bench itself fails where a task declines one. */
const ALSO_LIMITS = process.env.LONG_TESTS === '1';

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await filesBelow(folder)).map((path) => path.slice(folder.length + 1, -'.ts'.length));
}

async function microOf(task: string): Promise<MicroScenario> {
  const scenario = await loadScenario(`micro/${task}`);
  if (scenario.kind !== 'micro') throw new Error(`micro/${task} measures something else`);
  return scenario;
}

test('every task has a case, and every case its task', async () => {
  expect(TASKS.length).toBeGreaterThan(5);
  expect(await namesIn('bench/micro')).toEqual(TASKS);
});

test.each(TASKS)('the case %s measures the task that its file is called like', async (name) => {
  const { default: task }: { default: unknown } = await import(`../../src/workers/tasks/${name}.ts`);
  expect((await microOf(name)).task).toBe(task);
});

test.each(TASKS)(
  'the task %s takes every input of its case, and answers it',
  async (name) => {
    const { inputs, task, answer } = await microOf(name);
    expect(inputs.length).toBeGreaterThan(2);
    for (const input of inputs) {
      const value = await input.make();
      expect([...Value.Errors(task.input, value)], `${input.name}, ${input.size}`).toEqual([]);
      if (input.size !== 'limit' || ALSO_LIMITS) await answer(input, value);
    }
  },
  300_000,
);

test('an input that a task declines or fails at is not measured', async () => {
  const micro = defineMicro({
    task: echo,
    about: 'x',
    inputs: { text: sized((length) => 'x'.repeat(length), [1, 2, 10_001]) },
    works: (output) => output.length > 1,
  });
  const [small, typical, limit] = micro.inputs;
  if (!small || !typical || !limit) throw new Error('there are three sizes');
  await expect(micro.answer(small, await small.make())).rejects.toThrow('text, small: the task declined');
  expect(await micro.answer(typical, await typical.make())).toBe('xx');
  await expect(micro.answer(limit, await limit.make())).rejects.toThrow('text, limit: the task failed: input');
});

test('its table has a line an input, in units that fit', () => {
  const row = {
    input: 'png',
    bytesIn: 2_500_000,
    bytesOut: 320,
    p50: 12.34,
    p99: 250,
    mean: 0.0021,
    runs: 40,
    grown: 0,
  };
  const [head, line] = microCells([{ ...row, size: 'typical' }]);
  expect(head).toEqual(['input', 'size', 'in', 'p50', 'p99', 'mean', 'runs', 'grows by', 'out']);
  expect(line).toEqual(['png', 'typical', '2.5 MB', '12.3 ms', '250 ms', '2.1 us', '40', '0 B', '320 B']);
});
