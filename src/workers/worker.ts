import { serve } from './serve.ts';
import echo from './tasks/echo.ts';

/** Every task there is, sorted. The main thread knows this list as a type only, so that it never loads what tasks need. */
const tasks = {
  echo,
};

export type Tasks = typeof tasks;

/** What the pools call in the thread. */
export const answer = serve(tasks);
