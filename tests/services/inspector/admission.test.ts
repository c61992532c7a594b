import { expect, test } from 'vitest';
import { Admission, type AdmissionLimits, type Asking } from '../../../src/services/inspector/admission.ts';

const LIMITS: AdmissionLimits = { files: 4, bytes: 100, waiting: 2, waitMs: 60_000 };
const BUSY = 'inspect.refused.busy';
const never = new AbortController().signal;

function open(limits: Partial<AdmissionLimits> = {}) {
  const turnedAway: string[] = [];
  const admission = new Admission({ ...LIMITS, ...limits }, (reason, unasked) =>
    turnedAway.push(`${unasked ? 'nobody' : 'somebody'}: ${reason}`),
  );
  const enter = (o: Partial<Asking> = {}) => admission.enter({ bytes: 1, signal: never, ...o });
  return { admission, enter, turnedAway };
}

test('so many files get in, so many wait, and the rest are told to come again', async () => {
  const { admission, enter, turnedAway } = open({ files: 2 });
  const [first] = await Promise.all([enter(), enter()]);
  const waiting = [enter(), enter()];
  await expect(enter()).rejects.toThrow(BUSY);
  expect(admission.stats()).toEqual({ underWay: 2, bytes: 2, waiting: 2, refused: 1, passedOver: 0 });
  expect(turnedAway).toEqual(['somebody: full']);
  first?.[Symbol.dispose]();
  (await waiting[0])?.[Symbol.dispose]();
  await waiting[1];
  expect(admission.stats()).toMatchObject({ underWay: 2, waiting: 0 });
});

test('bytes are counted too, and a place given back twice counts once', async () => {
  const { admission, enter } = open();
  const large = await enter({ bytes: 90 });
  const next = enter({ bytes: 20 });
  expect(admission.stats()).toMatchObject({ bytes: 90, waiting: 1 });
  large[Symbol.dispose]();
  large[Symbol.dispose]();
  await next;
  expect(admission.stats()).toMatchObject({ underWay: 1, bytes: 20, waiting: 0 });
});

test('what arrives is counted, whatever was announced', async () => {
  const { admission, enter } = open();
  const small = await enter({ bytes: 10 });
  small.holds(95);
  const next = enter({ bytes: 10 });
  expect(admission.stats()).toMatchObject({ underWay: 1, bytes: 95, waiting: 1 });
  small.holds(90);
  await next;
  expect(admission.stats()).toMatchObject({ underWay: 2, bytes: 100, waiting: 0 });
  small[Symbol.dispose]();
  expect(admission.stats()).toMatchObject({ underWay: 1, bytes: 10 });
});

test('what is larger than everything gets in alone', async () => {
  const { admission, enter } = open();
  const small = await enter();
  const huge = enter({ bytes: 1_000 });
  expect(admission.stats().waiting).toBe(1);
  small[Symbol.dispose]();
  using _huge = await huge;
  const behind = enter();
  expect(admission.stats()).toMatchObject({ underWay: 1, waiting: 1 });
  _huge[Symbol.dispose]();
  await behind;
});

test('files needed together get their places together', async () => {
  const { admission, enter } = open();
  const three = await enter({ files: 3 });
  const two = enter({ files: 2 });
  expect(admission.stats()).toMatchObject({ underWay: 3, waiting: 1 });
  three[Symbol.dispose]();
  await two;
  expect(admission.stats().underWay).toBe(2);
});

test('who asked goes before what nobody asked about', async () => {
  const { enter } = open({ files: 1 });
  const order: string[] = [];
  const first = await enter();
  const come = async (who: string, unasked: boolean) => {
    using _place = await enter({ unasked });
    order.push(who);
  };
  const both = [come('unasked', true), come('asked', false)];
  first[Symbol.dispose]();
  await Promise.all(both);
  expect(order).toEqual(['asked', 'unasked']);
});

test('what nobody asked about takes a quarter of the places, by number and by bytes', async () => {
  const { admission, enter } = open({ files: 8 });
  await enter({ unasked: true, bytes: 20 });
  const tooLarge = enter({ unasked: true, bytes: 10 });
  expect(admission.stats()).toMatchObject({ underWay: 1, waiting: 1 });
  await enter({ bytes: 70 }); // there is room for who asks
  expect(admission.stats()).toMatchObject({ underWay: 2, waiting: 1 });
  await expect(Promise.race([tooLarge, Promise.resolve('waits')])).resolves.toBe('waits');
});

test('where nobody can wait any more, the last that nobody asked about makes way', async () => {
  const { admission, enter, turnedAway } = open({ files: 1 });
  const first = await enter();
  const early = enter({ unasked: true });
  const late = enter({ unasked: true });
  const asked = enter();
  await expect(late).rejects.toThrow(BUSY);
  await expect(enter({ unasked: true })).rejects.toThrow(BUSY);
  expect(turnedAway).toEqual(['nobody: gave-way', 'nobody: full']);
  first[Symbol.dispose]();
  (await asked)[Symbol.dispose]();
  await early;
  expect(admission.stats()).toMatchObject({ underWay: 1, waiting: 0, refused: 0, passedOver: 2 });
});

test('nobody waits for ever, and who goes leaves the place to the next', async () => {
  const { admission, enter, turnedAway } = open({ waitMs: 1 });
  await enter({ bytes: 100 });
  await expect(enter()).rejects.toThrow(BUSY);
  expect(turnedAway).toEqual(['somebody: waited']);
  expect(admission.stats()).toMatchObject({ waiting: 0, refused: 1 });
});

test('who gives up frees whoever stood behind', async () => {
  const { admission, enter } = open();
  const stop = new AbortController();
  await enter({ bytes: 50 });
  const huge = enter({ bytes: 90, signal: stop.signal });
  const small = enter({ bytes: 10 });
  expect(admission.stats().waiting).toBe(2);
  stop.abort(new Error('cancelled'));
  await expect(huge).rejects.toThrow('cancelled');
  await small;
  expect(admission.stats()).toMatchObject({ underWay: 2, waiting: 0, refused: 0 });
});
