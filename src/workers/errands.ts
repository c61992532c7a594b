import domainList from './errands/domain-list.ts';
import feed from './errands/feed.ts';
import githubActivity from './errands/github-activity.ts';
import githubIssue from './errands/github-issue.ts';
import githubPull from './errands/github-pull.ts';
import githubRelease from './errands/github-release.ts';
import githubRepo from './errands/github-repo.ts';
import githubSearch from './errands/github-search.ts';
import githubUser from './errands/github-user.ts';
import tldrArchive from './errands/tldr-archive.ts';
import wikiPage from './errands/wiki-page.ts';
import wikiSite from './errands/wiki-site.ts';
import wikiTitles from './errands/wiki-titles.ts';
import xkcd from './errands/xkcd.ts';

/** Every errand there is, sorted. The main thread knows this list as a type only. */
export const errands = {
  domainList,
  feed,
  githubActivity,
  githubIssue,
  githubPull,
  githubRelease,
  githubRepo,
  githubSearch,
  githubUser,
  tldrArchive,
  wikiPage,
  wikiSite,
  wikiTitles,
  xkcd,
};

export type Errands = typeof errands;
