import { serve } from '../serve.ts';
import match from './match.ts';

const tasks = { match };

export type BacktrackingTasks = typeof tasks;

/** What the pool calls in the thread, which loads nothing else, so that another is there soon when this one is ended. */
export const answer = serve(tasks);
