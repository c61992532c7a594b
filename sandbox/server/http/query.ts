import { Form } from './form.ts';

/** A query's values read like a body's: numbers and ids are checked, what is wrong gets 50035. */
export function queryForm(query: URLSearchParams): Form {
  return new Form(Object.fromEntries(query));
}
