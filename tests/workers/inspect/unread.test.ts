import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { cfbOf } from '../../files/cfb.ts';
import { pe } from '../../files/executables.ts';
import { packageOf, xlsxOf } from '../../files/office.ts';
import { findingOf, inspect } from './inspecting.ts';

const PROPERTIES = { '__properties_version1.0': 'x' };
const ATTACHED = '__attach_version1.0_#00000000/__substg1.0_';
const wide = (text: string) => [...text].map((letter) => `${letter}\0`).join('');

describe('messages of Outlook', () => {
  test.each([
    ['its long name', { [`${ATTACHED}3707001F`]: wide('invoice.pdf'), [`${ATTACHED}3704001F`]: wide('INV~1.PDF') }],
    ['the only one it has', { [`${ATTACHED}3704001E`]: 'invoice.pdf' }],
  ])('what is attached is opened, and called by %s', async (_, names) => {
    const message = cfbOf({ ...PROPERTIES, [`${ATTACHED}37010102`]: pe({}), ...names });
    const report = await inspect(message, 'mail.msg');
    expect(findingOf(report, 'embedded')).toEqual({ file: 'invoice.pdf' });
    expect(findingOf(report, 'inside')).toMatchObject({ inFile: 'invoice.pdf' });
    expect(levelOf(report)).toBe('dangerous');
  });

  test('also in a message that is attached to another', async () => {
    const inner =
      '__attach_version1.0_#00000000/__substg1.0_3701000D/__attach_version1.0_#00000000/__substg1.0_37010102';
    expect(levelOf(await inspect(cfbOf({ ...PROPERTIES, [inner]: pe({}) }), 'mail.msg'))).toBe('dangerous');
  });

  test('what nobody reads is not called safe', async () => {
    expect(levelOf(await inspect(cfbOf(PROPERTIES), 'mail.msg'))).toBe('unseen');
  });
});

test('workbooks that are not written in XML are not called safe', async () => {
  const types = '<Types xmlns="x"/>';
  const files = { '[Content_Types].xml': types, 'xl/workbook.bin': 'abc', 'xl/worksheets/sheet1.bin': 'abc' };
  expect(findingOf(await inspect(packageOf(files), 'a.xlsb'), 'parts-unseen')).toEqual({});
  expect(levelOf(await inspect(packageOf(files), 'a.xlsb'))).toBe('unseen');
  expect(levelOf(await inspect(xlsxOf({ A: [['a', 1]] }), 'a.xlsx'))).toBe('safe');
});
