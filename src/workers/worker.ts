import { serve } from './serve.ts';
import avatarColours from './tasks/avatar-colours.ts';
import backtest from './tasks/backtest.ts';
import burn from './tasks/burn.ts';
import clusterJoins from './tasks/cluster-joins.ts';
import compileRules from './tasks/compile-rules.ts';
import diffTexts from './tasks/diff-texts.ts';
import diffWords from './tasks/diff-words.ts';
import drawCaptcha from './tasks/draw-captcha.ts';
import drawChart from './tasks/draw-chart.ts';
import drawPoll from './tasks/draw-poll.ts';
import drawRank from './tasks/draw-rank.ts';
import drawStats from './tasks/draw-stats.ts';
import drawWelcome from './tasks/draw-welcome.ts';
import echo from './tasks/echo.ts';
import explainPattern from './tasks/explain-pattern.ts';
import exportCases from './tasks/export-cases.ts';
import inspectFile from './tasks/inspect-file.ts';
import judgeMessage from './tasks/judge-message.ts';
import judgeMessages from './tasks/judge-messages.ts';
import matchPatterns from './tasks/match-patterns.ts';
import matchPicture from './tasks/match-picture.ts';
import readFeed from './tasks/read-feed.ts';
import readIds from './tasks/read-ids.ts';
import readRules from './tasks/read-rules.ts';
import readSettings from './tasks/read-settings.ts';
import readTerms from './tasks/read-terms.ts';
import readTexts from './tasks/read-texts.ts';
import sortMembers from './tasks/sort-members.ts';
import stripMetadata from './tasks/strip-metadata.ts';
import tldrNames from './tasks/tldr-names.ts';
import tldrPage from './tasks/tldr-page.ts';
import writeHits from './tasks/write-hits.ts';
import writeLog from './tasks/write-log.ts';
import zipTexts from './tasks/zip-texts.ts';

/** Every task there is, sorted. The main thread knows this list as a type only, so that it never loads what tasks need. */
const tasks = {
  avatarColours,
  backtest,
  burn,
  clusterJoins,
  compileRules,
  diffTexts,
  diffWords,
  drawCaptcha,
  drawChart,
  drawPoll,
  drawRank,
  drawStats,
  drawWelcome,
  echo,
  explainPattern,
  exportCases,
  inspectFile,
  judgeMessage,
  judgeMessages,
  matchPatterns,
  matchPicture,
  readFeed,
  readIds,
  readRules,
  readSettings,
  readTerms,
  readTexts,
  sortMembers,
  stripMetadata,
  tldrNames,
  tldrPage,
  writeHits,
  writeLog,
  zipTexts,
};

export type Tasks = typeof tasks;

/** What the pools call in the thread. */
export const answer = serve(tasks);
