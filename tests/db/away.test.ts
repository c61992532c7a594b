import { expect, test } from 'vitest';
import { databaseError } from '../../src/db/away.ts';
import { DatabaseAwayError, TaskError } from '../../src/lib/errors.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test('an error of a lost connection is recognised, however deep it is buried', () => {
  for (const code of ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT']) {
    const error = new TaskError('an export failed', { cause: new Error('a page', { cause: coded(code) }) });
    expect(databaseError(error)).toBeInstanceOf(DatabaseAwayError);
    expect(databaseError(new AggregateError([new Error('other'), coded(code)]))).toBeInstanceOf(DatabaseAwayError);
  }
});

test("network errors count on a query only, so that another service's failure is not the database's", () => {
  expect(databaseError(coded('ECONNREFUSED'))).toBeUndefined();
  expect(databaseError(coded('ECONNREFUSED', { query: 'select 1' }))).toBeInstanceOf(DatabaseAwayError);
});

test('what the server says about the query itself is no absence', () => {
  expect(databaseError(coded('23505', { query: 'insert' }))).toBeUndefined();
  expect(databaseError(coded('57014', { query: 'select' }))).toBeUndefined();
  expect(databaseError('text')).toBeUndefined();
});

test('a chain of causes that goes in a circle ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(databaseError(error)).toBeUndefined();
});
