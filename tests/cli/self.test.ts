import { expect, test } from 'vitest';
import { selfCommand } from '../../src/cli/self.ts';

test('the program finds itself in a folder whose name has spaces and umlauts', () => {
  expect(selfCommand('file:///home/me/My%20b%C3%B6ts/src/main.ts').at(-1)).toBe('/home/me/My böts/src/main.ts');
});

test('the single binary starts itself, not a source', () => {
  expect(selfCommand('file:///$bunfs/root/rockhopper')).toEqual([process.execPath]);
});
