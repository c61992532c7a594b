import type { TimerKind } from './timer.ts';
import automodAlert from './timers/automod-alert.ts';
import automodDelete from './timers/automod-delete.ts';
import automodPardon from './timers/automod-pardon.ts';
import automodReply from './timers/automod-reply.ts';
import automodReplyEnd from './timers/automod-reply-end.ts';
import automodRoleBack from './timers/automod-role-back.ts';
import brakeAlert from './timers/brake-alert.ts';
import brakeDisarm from './timers/brake-disarm.ts';
import brakeUndone from './timers/brake-undone.ts';
import dailyReport from './timers/daily-report.ts';
import introduction from './timers/introduction.ts';
import jailAgain from './timers/jail-again.ts';
import joinRoles from './timers/join-roles.ts';
import levelRoles from './timers/level-roles.ts';
import levelUp from './timers/level-up.ts';
import massRun from './timers/mass-run.ts';
import memberReport from './timers/member-report.ts';
import memberReportLetter from './timers/member-report-letter.ts';
import messageExport from './timers/message-export.ts';
import moderation from './timers/moderation.ts';
import moderationEnd from './timers/moderation-end.ts';
import moderationEvidence from './timers/moderation-evidence.ts';
import moderationLog from './timers/moderation-log.ts';
import moderationRefusal from './timers/moderation-refusal.ts';
import moderationTakenBack from './timers/moderation-taken-back.ts';
import moderationTrouble from './timers/moderation-trouble.ts';
import news from './timers/news.ts';
import patternNotice from './timers/pattern-notice.ts';
import pauseNotice from './timers/pause-notice.ts';
import pollEnd from './timers/poll-end.ts';
import privacyDeletion from './timers/privacy-deletion.ts';
import raid from './timers/raid.ts';
import raidGuard from './timers/raid-guard.ts';
import reminder from './timers/reminder.ts';
import scheduledPost from './timers/scheduled-post.ts';
import statusUpdate from './timers/status-update.ts';
import verificationEnd from './timers/verification-end.ts';
import welcome from './timers/welcome.ts';

/** Every kind of timer, by its file's name, sorted. */
export const TIMERS: Readonly<Record<string, TimerKind>> = {
  'automod-alert': automodAlert,
  'automod-delete': automodDelete,
  'automod-pardon': automodPardon,
  'automod-reply': automodReply,
  'automod-reply-end': automodReplyEnd,
  'automod-role-back': automodRoleBack,
  'brake-alert': brakeAlert,
  'brake-disarm': brakeDisarm,
  'brake-undone': brakeUndone,
  'daily-report': dailyReport,
  introduction: introduction,
  'jail-again': jailAgain,
  'join-roles': joinRoles,
  'level-roles': levelRoles,
  'level-up': levelUp,
  'mass-run': massRun,
  'member-report': memberReport,
  'member-report-letter': memberReportLetter,
  'message-export': messageExport,
  moderation: moderation,
  'moderation-end': moderationEnd,
  'moderation-evidence': moderationEvidence,
  'moderation-log': moderationLog,
  'moderation-refusal': moderationRefusal,
  'moderation-taken-back': moderationTakenBack,
  'moderation-trouble': moderationTrouble,
  news: news,
  'pattern-notice': patternNotice,
  'pause-notice': pauseNotice,
  'poll-end': pollEnd,
  'privacy-deletion': privacyDeletion,
  raid: raid,
  'raid-guard': raidGuard,
  reminder: reminder,
  'scheduled-post': scheduledPost,
  'status-update': statusUpdate,
  'verification-end': verificationEnd,
  welcome: welcome,
};
