import type { TimerKind } from './timer.ts';
import news from './timers/news.ts';
import pauseNotice from './timers/pause-notice.ts';
import reminder from './timers/reminder.ts';
import scheduledPost from './timers/scheduled-post.ts';

/** Every kind of timer, by its file's name, sorted. */
export const TIMERS: Readonly<Record<string, TimerKind>> = {
  news: news,
  'pause-notice': pauseNotice,
  reminder: reminder,
  'scheduled-post': scheduledPost,
};
