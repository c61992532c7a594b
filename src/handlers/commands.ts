import chart from './commands/files/chart.ts';
import diff from './commands/files/diff.ts';
import inspect from './commands/files/inspect.ts';
import leaderboard from './commands/levels/leaderboard.ts';
import levelsGive from './commands/levels/levels/give.ts';
import levelsMultiplier from './commands/levels/levels/multiplier.ts';
import levelsReset from './commands/levels/levels/reset.ts';
import levelsReward from './commands/levels/levels/reward.ts';
import levelsSet from './commands/levels/levels/set.ts';
import levelsTake from './commands/levels/levels/take.ts';
import rank from './commands/levels/rank.ts';
import githubIssue from './commands/lookup/github/issue.ts';
import githubPr from './commands/lookup/github/pr.ts';
import githubRelease from './commands/lookup/github/release.ts';
import githubRepo from './commands/lookup/github/repo.ts';
import githubSearch from './commands/lookup/github/search.ts';
import githubUnwatch from './commands/lookup/github/unwatch.ts';
import githubUser from './commands/lookup/github/user.ts';
import githubWatch from './commands/lookup/github/watch.ts';
import githubWatching from './commands/lookup/github/watching.ts';
import tldr from './commands/lookup/tldr.ts';
import wiki from './commands/lookup/wiki.ts';
import xkcd from './commands/lookup/xkcd.ts';
import automodAdd from './commands/moderation/automod/add.ts';
import automodBacktest from './commands/moderation/automod/backtest.ts';
import automodEdit from './commands/moderation/automod/edit.ts';
import automodEnable from './commands/moderation/automod/enable.ts';
import automodExplain from './commands/moderation/automod/explain.ts';
import automodExport from './commands/moderation/automod/export.ts';
import automodHistory from './commands/moderation/automod/history.ts';
import automodImport from './commands/moderation/automod/import.ts';
import automodObserve from './commands/moderation/automod/observe.ts';
import automodPresets from './commands/moderation/automod/presets.ts';
import automodRemove from './commands/moderation/automod/remove.ts';
import automodRules from './commands/moderation/automod/rules.ts';
import automodStats from './commands/moderation/automod/stats.ts';
import automodTest from './commands/moderation/automod/test.ts';
import automodUndo from './commands/moderation/automod/undo.ts';
import automodWordsExport from './commands/moderation/automod/words/export.ts';
import automodWordsHistory from './commands/moderation/automod/words/history.ts';
import automodWordsImport from './commands/moderation/automod/words/import.ts';
import automodWordsList from './commands/moderation/automod/words/list.ts';
import automodWordsRemove from './commands/moderation/automod/words/remove.ts';
import ban from './commands/moderation/ban.ts';
import caseEdit from './commands/moderation/case/edit.ts';
import caseExport from './commands/moderation/case/export.ts';
import caseHide from './commands/moderation/case/hide.ts';
import caseList from './commands/moderation/case/list.ts';
import caseNote from './commands/moderation/case/note.ts';
import caseSearch from './commands/moderation/case/search.ts';
import caseView from './commands/moderation/case/view.ts';
import caseVoid from './commands/moderation/case/void.ts';
import exportMessages from './commands/moderation/export/messages.ts';
import feedAdd from './commands/moderation/feed/add.ts';
import feedList from './commands/moderation/feed/list.ts';
import feedRemove from './commands/moderation/feed/remove.ts';
import historyUser from './commands/moderation/history/user.ts';
import jail from './commands/moderation/jail.ts';
import kick from './commands/moderation/kick.ts';
import lockdown from './commands/moderation/lockdown.ts';
import massban from './commands/moderation/massban.ts';
import masskick from './commands/moderation/masskick.ts';
import masstimeout from './commands/moderation/masstimeout.ts';
import massunban from './commands/moderation/massunban.ts';
import moderatorsStats from './commands/moderation/moderators/stats.ts';
import nick from './commands/moderation/nick.ts';
import note from './commands/moderation/note.ts';
import purge from './commands/moderation/purge.ts';
import raids from './commands/moderation/raids.ts';
import report from './commands/moderation/report.ts';
import reportsShow from './commands/moderation/reports/show.ts';
import reportsWho from './commands/moderation/reports/who.ts';
import roleAdd from './commands/moderation/role/add.ts';
import roleBulk from './commands/moderation/role/bulk.ts';
import roleRemove from './commands/moderation/role/remove.ts';
import roleTemp from './commands/moderation/role/temp.ts';
import scheduleDelete from './commands/moderation/schedule/delete.ts';
import scheduleEdit from './commands/moderation/schedule/edit.ts';
import scheduleList from './commands/moderation/schedule/list.ts';
import schedulePost from './commands/moderation/schedule/post.ts';
import searchMembers from './commands/moderation/search/members.ts';
import searchMessages from './commands/moderation/search/messages.ts';
import shieldList from './commands/moderation/shield/list.ts';
import slowmode from './commands/moderation/slowmode.ts';
import softban from './commands/moderation/softban.ts';
import timeout from './commands/moderation/timeout.ts';
import unban from './commands/moderation/unban.ts';
import undo from './commands/moderation/undo.ts';
import unjail from './commands/moderation/unjail.ts';
import unlock from './commands/moderation/unlock.ts';
import untimeout from './commands/moderation/untimeout.ts';
import voiceDeafen from './commands/moderation/voice/deafen.ts';
import voiceKick from './commands/moderation/voice/kick.ts';
import voiceMove from './commands/moderation/voice/move.ts';
import voiceMute from './commands/moderation/voice/mute.ts';
import warn from './commands/moderation/warn.ts';
import debugTasks from './commands/owners/debug/tasks.ts';
import jobsHistory from './commands/owners/jobs/history.ts';
import jobsList from './commands/owners/jobs/list.ts';
import jobsPause from './commands/owners/jobs/pause.ts';
import jobsResume from './commands/owners/jobs/resume.ts';
import jobsRun from './commands/owners/jobs/run.ts';
import archiveOff from './commands/settings/archive/off.ts';
import archiveOn from './commands/settings/archive/on.ts';
import archiveStatus from './commands/settings/archive/status.ts';
import configAutomod from './commands/settings/config/automod.ts';
import configBrake from './commands/settings/config/brake.ts';
import configCheck from './commands/settings/config/check.ts';
import configEvents from './commands/settings/config/events.ts';
import configExport from './commands/settings/config/export.ts';
import configFiles from './commands/settings/config/files.ts';
import configGeneral from './commands/settings/config/general.ts';
import configHistory from './commands/settings/config/history.ts';
import configImport from './commands/settings/config/import.ts';
import configJail from './commands/settings/config/jail.ts';
import configLetters from './commands/settings/config/letters.ts';
import configLogs from './commands/settings/config/logs.ts';
import configModeration from './commands/settings/config/moderation.ts';
import configPreset from './commands/settings/config/preset.ts';
import configReports from './commands/settings/config/reports.ts';
import configRollback from './commands/settings/config/rollback.ts';
import configSection from './commands/settings/config/section.ts';
import configSetup from './commands/settings/config/setup.ts';
import configVerification from './commands/settings/config/verification.ts';
import configWiki from './commands/settings/config/wiki.ts';
import permissionsExplain from './commands/settings/permissions/explain.ts';
import permissionsSet from './commands/settings/permissions/set.ts';
import permissionsShow from './commands/settings/permissions/show.ts';
import permissionsUnfreeze from './commands/settings/permissions/unfreeze.ts';
import permissionsWho from './commands/settings/permissions/who.ts';
import welcomeTest from './commands/settings/welcome/test.ts';
import afk from './commands/utility/afk.ts';
import avatar from './commands/utility/avatar.ts';
import channelinfo from './commands/utility/channelinfo.ts';
import decode from './commands/utility/decode.ts';
import encode from './commands/utility/encode.ts';
import help from './commands/utility/help.ts';
import membercount from './commands/utility/membercount.ts';
import ping from './commands/utility/ping.ts';
import pollCreate from './commands/utility/poll/create.ts';
import pollDelete from './commands/utility/poll/delete.ts';
import pollEnd from './commands/utility/poll/end.ts';
import pollList from './commands/utility/poll/list.ts';
import privacyDelete from './commands/utility/privacy/delete.ts';
import privacyExport from './commands/utility/privacy/export.ts';
import privacyOptin from './commands/utility/privacy/optin.ts';
import privacyOptout from './commands/utility/privacy/optout.ts';
import privacyShow from './commands/utility/privacy/show.ts';
import randomCoin from './commands/utility/random/coin.ts';
import randomDice from './commands/utility/random/dice.ts';
import randomMember from './commands/utility/random/member.ts';
import randomNumber from './commands/utility/random/number.ts';
import randomPick from './commands/utility/random/pick.ts';
import remindDelete from './commands/utility/remind/delete.ts';
import remindEdit from './commands/utility/remind/edit.ts';
import remindList from './commands/utility/remind/list.ts';
import remindMe from './commands/utility/remind/me.ts';
import remindSnooze from './commands/utility/remind/snooze.ts';
import roleinfo from './commands/utility/roleinfo.ts';
import selftimeout from './commands/utility/selftimeout.ts';
import serverinfo from './commands/utility/serverinfo.ts';
import statsChannel from './commands/utility/stats/channel.ts';
import statsMember from './commands/utility/stats/member.ts';
import statsModeration from './commands/utility/stats/moderation.ts';
import statsServer from './commands/utility/stats/server.ts';
import status from './commands/utility/status.ts';
import time from './commands/utility/time.ts';
import timezoneClear from './commands/utility/timezone/clear.ts';
import timezoneSet from './commands/utility/timezone/set.ts';
import timezoneShow from './commands/utility/timezone/show.ts';
import userinfo from './commands/utility/userinfo.ts';
import type { Command } from './define.ts';

/** Every slash command, by its path `group/name`, `group/name/subcommand` or `group/name/subgroup/subcommand`, sorted. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'files/chart': chart,
  'files/diff': diff,
  'files/inspect': inspect,
  'levels/leaderboard': leaderboard,
  'levels/levels/give': levelsGive,
  'levels/levels/multiplier': levelsMultiplier,
  'levels/levels/reset': levelsReset,
  'levels/levels/reward': levelsReward,
  'levels/levels/set': levelsSet,
  'levels/levels/take': levelsTake,
  'levels/rank': rank,
  'lookup/github/issue': githubIssue,
  'lookup/github/pr': githubPr,
  'lookup/github/release': githubRelease,
  'lookup/github/repo': githubRepo,
  'lookup/github/search': githubSearch,
  'lookup/github/unwatch': githubUnwatch,
  'lookup/github/user': githubUser,
  'lookup/github/watch': githubWatch,
  'lookup/github/watching': githubWatching,
  'lookup/tldr': tldr,
  'lookup/wiki': wiki,
  'lookup/xkcd': xkcd,
  'moderation/automod/add': automodAdd,
  'moderation/automod/backtest': automodBacktest,
  'moderation/automod/edit': automodEdit,
  'moderation/automod/enable': automodEnable,
  'moderation/automod/explain': automodExplain,
  'moderation/automod/export': automodExport,
  'moderation/automod/history': automodHistory,
  'moderation/automod/import': automodImport,
  'moderation/automod/observe': automodObserve,
  'moderation/automod/presets': automodPresets,
  'moderation/automod/remove': automodRemove,
  'moderation/automod/rules': automodRules,
  'moderation/automod/stats': automodStats,
  'moderation/automod/test': automodTest,
  'moderation/automod/undo': automodUndo,
  'moderation/automod/words/export': automodWordsExport,
  'moderation/automod/words/history': automodWordsHistory,
  'moderation/automod/words/import': automodWordsImport,
  'moderation/automod/words/list': automodWordsList,
  'moderation/automod/words/remove': automodWordsRemove,
  'moderation/ban': ban,
  'moderation/case/edit': caseEdit,
  'moderation/case/export': caseExport,
  'moderation/case/hide': caseHide,
  'moderation/case/list': caseList,
  'moderation/case/note': caseNote,
  'moderation/case/search': caseSearch,
  'moderation/case/view': caseView,
  'moderation/case/void': caseVoid,
  'moderation/export/messages': exportMessages,
  'moderation/feed/add': feedAdd,
  'moderation/feed/list': feedList,
  'moderation/feed/remove': feedRemove,
  'moderation/history/user': historyUser,
  'moderation/jail': jail,
  'moderation/kick': kick,
  'moderation/lockdown': lockdown,
  'moderation/massban': massban,
  'moderation/masskick': masskick,
  'moderation/masstimeout': masstimeout,
  'moderation/massunban': massunban,
  'moderation/moderators/stats': moderatorsStats,
  'moderation/nick': nick,
  'moderation/note': note,
  'moderation/purge': purge,
  'moderation/raids': raids,
  'moderation/report': report,
  'moderation/reports/show': reportsShow,
  'moderation/reports/who': reportsWho,
  'moderation/role/add': roleAdd,
  'moderation/role/bulk': roleBulk,
  'moderation/role/remove': roleRemove,
  'moderation/role/temp': roleTemp,
  'moderation/schedule/delete': scheduleDelete,
  'moderation/schedule/edit': scheduleEdit,
  'moderation/schedule/list': scheduleList,
  'moderation/schedule/post': schedulePost,
  'moderation/search/members': searchMembers,
  'moderation/search/messages': searchMessages,
  'moderation/shield/list': shieldList,
  'moderation/slowmode': slowmode,
  'moderation/softban': softban,
  'moderation/timeout': timeout,
  'moderation/unban': unban,
  'moderation/undo': undo,
  'moderation/unjail': unjail,
  'moderation/unlock': unlock,
  'moderation/untimeout': untimeout,
  'moderation/voice/deafen': voiceDeafen,
  'moderation/voice/kick': voiceKick,
  'moderation/voice/move': voiceMove,
  'moderation/voice/mute': voiceMute,
  'moderation/warn': warn,
  'owners/debug/tasks': debugTasks,
  'owners/jobs/history': jobsHistory,
  'owners/jobs/list': jobsList,
  'owners/jobs/pause': jobsPause,
  'owners/jobs/resume': jobsResume,
  'owners/jobs/run': jobsRun,
  'settings/archive/off': archiveOff,
  'settings/archive/on': archiveOn,
  'settings/archive/status': archiveStatus,
  'settings/config/automod': configAutomod,
  'settings/config/brake': configBrake,
  'settings/config/check': configCheck,
  'settings/config/events': configEvents,
  'settings/config/export': configExport,
  'settings/config/files': configFiles,
  'settings/config/general': configGeneral,
  'settings/config/history': configHistory,
  'settings/config/import': configImport,
  'settings/config/jail': configJail,
  'settings/config/letters': configLetters,
  'settings/config/logs': configLogs,
  'settings/config/moderation': configModeration,
  'settings/config/preset': configPreset,
  'settings/config/reports': configReports,
  'settings/config/rollback': configRollback,
  'settings/config/section': configSection,
  'settings/config/setup': configSetup,
  'settings/config/verification': configVerification,
  'settings/config/wiki': configWiki,
  'settings/permissions/explain': permissionsExplain,
  'settings/permissions/set': permissionsSet,
  'settings/permissions/show': permissionsShow,
  'settings/permissions/unfreeze': permissionsUnfreeze,
  'settings/permissions/who': permissionsWho,
  'settings/welcome/test': welcomeTest,
  'utility/afk': afk,
  'utility/avatar': avatar,
  'utility/channelinfo': channelinfo,
  'utility/decode': decode,
  'utility/encode': encode,
  'utility/help': help,
  'utility/membercount': membercount,
  'utility/ping': ping,
  'utility/poll/create': pollCreate,
  'utility/poll/delete': pollDelete,
  'utility/poll/end': pollEnd,
  'utility/poll/list': pollList,
  'utility/privacy/delete': privacyDelete,
  'utility/privacy/export': privacyExport,
  'utility/privacy/optin': privacyOptin,
  'utility/privacy/optout': privacyOptout,
  'utility/privacy/show': privacyShow,
  'utility/random/coin': randomCoin,
  'utility/random/dice': randomDice,
  'utility/random/member': randomMember,
  'utility/random/number': randomNumber,
  'utility/random/pick': randomPick,
  'utility/remind/delete': remindDelete,
  'utility/remind/edit': remindEdit,
  'utility/remind/list': remindList,
  'utility/remind/me': remindMe,
  'utility/remind/snooze': remindSnooze,
  'utility/roleinfo': roleinfo,
  'utility/selftimeout': selftimeout,
  'utility/serverinfo': serverinfo,
  'utility/stats/channel': statsChannel,
  'utility/stats/member': statsMember,
  'utility/stats/moderation': statsModeration,
  'utility/stats/server': statsServer,
  'utility/status': status,
  'utility/time': time,
  'utility/timezone/clear': timezoneClear,
  'utility/timezone/set': timezoneSet,
  'utility/timezone/show': timezoneShow,
  'utility/userinfo': userinfo,
};
