import { ApplicationCommandOptionType as T } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { readOption } from '../../sandbox/page/composer/read-option.ts';
import type { CommandOption } from '../../sandbox/server/state/commands.ts';

function option(type: T, more: Partial<CommandOption> = {}): CommandOption {
  return { type, name: 'x', description: 'x', ...more };
}

const missing = { ok: true, value: undefined };

test('an option left out is no value, unless it is required', () => {
  expect(readOption(option(T.String), '', undefined)).toEqual(missing);
  expect(readOption(option(T.String, { required: true }), '', undefined)).toMatchObject({ ok: false });
});

test('texts keep to their lengths', () => {
  const name = option(T.String, { min_length: 2, max_length: 4 });
  expect(readOption(name, 'abc', undefined)).toEqual({ ok: true, value: 'abc' });
  expect(readOption(name, 'a', undefined)).toEqual({ ok: false, complaint: 'At least 2 characters' });
  expect(readOption(name, 'abcde', undefined)).toEqual({ ok: false, complaint: 'At most 4 characters' });
});

test.each([
  ['7', { ok: true, value: 7 }],
  ['-3', { ok: false, complaint: 'At least 0' }],
  ['11', { ok: false, complaint: 'At most 10' }],
  ['1.5', { ok: false, complaint: 'Enter a whole number' }],
  ['0x10', { ok: false, complaint: 'Enter a whole number' }],
  ['99999999999999999999', { ok: false, complaint: 'Enter a whole number' }],
])('the whole number %s', (typed, read) => {
  expect(readOption(option(T.Integer, { min_value: 0, max_value: 10 }), typed, undefined)).toEqual(read);
});

test('numbers may have a fraction, but must be numbers', () => {
  expect(readOption(option(T.Number), '1.25', undefined)).toEqual({ ok: true, value: 1.25 });
  expect(readOption(option(T.Number), '1e9', undefined)).toEqual({ ok: false, complaint: 'Enter a number' });
});

test('choices are found by their name or by having been picked', () => {
  const colour = option(T.String, { choices: [{ name: 'Red', value: 'r' }] });
  expect(readOption(colour, 'red', undefined)).toEqual({ ok: true, value: 'r' });
  expect(readOption(colour, 'whatever', 'r')).toEqual({ ok: true, value: 'r' });
  expect(readOption(colour, 'blue', undefined)).toMatchObject({ ok: false });
});

test('people, channels and roles must be picked, not typed', () => {
  expect(readOption(option(T.User), 'somebody', undefined)).toEqual({
    ok: false,
    complaint: 'Choose a member from the list',
  });
  expect(readOption(option(T.Role), 'Moderator', '12')).toEqual({ ok: true, value: '12' });
});

test('what the bot suggested is sent as it was meant, what was typed as it is', () => {
  const when = option(T.String, { autocomplete: true });
  expect(readOption(when, 'in an hour', '3600')).toEqual({ ok: true, value: '3600' });
  expect(readOption(when, 'tomorrow', undefined)).toEqual({ ok: true, value: 'tomorrow' });
});
